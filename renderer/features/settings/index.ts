export { SettingsView } from './views/SettingsView.tsx';
export { DataView } from './data/DataView.tsx';
export { DelegationsView } from './people/DelegationsView.tsx';
export { OfficeView } from './people/OfficeView.tsx';
export { StaffView } from './people/StaffView.tsx';
export { NumbersView } from './numbers/NumbersView.tsx';
export { SigningView } from './signing/SigningView.tsx';
export { Card, CardPage } from './people/Card.tsx';
export { Acts, Small, Table } from './people/Table.tsx';
