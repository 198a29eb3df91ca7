export { IdleLock } from './parts/IdleLock.tsx';
export { LockScreen } from './views/LockScreen.tsx';
export { PasswordScreen } from './views/PasswordScreen.tsx';
export { SignInScreen } from './views/SignInScreen.tsx';
export { UserMenu, type UserDialog } from './views/UserMenu.tsx';
