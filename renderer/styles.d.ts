// Style sheets are taken in for their effect; Vite emits them as files.
declare module '*.css';
