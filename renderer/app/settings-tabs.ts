/** The parts of the settings, in their order. */
export const settingsTabs = ['general', 'office', 'people', 'delegations', 'numbers', 'signing', 'directory', 'backup', 'data'] as const;
export type SettingsTab = (typeof settingsTabs)[number];
