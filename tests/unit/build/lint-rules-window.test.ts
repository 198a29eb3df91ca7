import { noColourOutsideFoundations } from '../../../build/lint-rules/no-colour-outside-foundations.ts';
import { noLiteralJsxText } from '../../../build/lint-rules/no-literal-jsx-text.ts';
import { ruleTester } from './rule-tester.ts';

const view = '/project/renderer/features/records/IncomingView.tsx';

ruleTester.run('no-literal-jsx-text', noLiteralJsxText, {
  valid: [
    { name: 'a key', code: "<p>{words('records.title')}</p>", filename: view },
    { name: 'signs without letters', code: '<p>  — 1/2 · ✓ {count}&nbsp;</p>', filename: view },
    { name: 'an attribute nobody reads', code: '<p className="wide" data-kind="incoming" role="status" />', filename: view },
    { name: 'an attribute by key', code: "<input aria-label={words('search')} title={words(open ? 'close' : 'open')} />", filename: view },
    { name: 'a comparison in a condition', code: "<p>{state === 'arrived' && <b />}</p>", filename: view },
  ],
  invalid: [
    { code: '<p>Sổ văn bản đến</p>', filename: view, errors: [{ messageId: 'text', data: { text: 'Sổ văn bản đến' } }] },
    { code: '<>{`Số ${number}`}</>', filename: view, errors: [{ messageId: 'text' }] },
    { code: "<p>{open ? 'Đóng' : words('open')}</p>", filename: view, errors: [{ messageId: 'text', data: { text: 'Đóng' } }] },
    { code: "<p>{name ?? 'unknown'}</p>", filename: view, errors: [{ messageId: 'text' }] },
    { code: "<p>{'Số ' + number}</p>", filename: view, errors: [{ messageId: 'text', data: { text: 'Số' } }] },
    ...['title', 'label', 'alt', 'placeholder', 'aria-label'].map((name) => ({
      name: `attribute ${name}`,
      code: `<Field ${name}="Trích yếu" />`,
      filename: view,
      errors: [{ messageId: 'text' }],
    })),
    { code: '<img alt={`Trang ${page}`} />', filename: view, errors: [{ messageId: 'text' }] },
  ],
});

ruleTester.run('no-colour-outside-foundations', noColourOutsideFoundations, {
  valid: [
    { name: 'the foundations', code: "const ink = '#1b1b1b'; const size = { fontSize: '14px' };", filename: '/project/renderer/foundations/colour.ts' },
    { name: 'tokens', code: "const s = { color: tokens.colorNeutralForeground1, fontSize: 'var(--type-body)', width: '40px' }", filename: view },
    { name: 'an address in the page', code: '<a href="#add" id="#fff">{x}</a>', filename: view },
    { name: 'a route and a number sign', code: "go('#/records/incoming'); const n = '#12';", filename: view },
  ],
  invalid: [
    { code: "const s = { color: '#fff' }", filename: view, errors: [{ messageId: 'colour', data: { found: '#fff' } }] },
    { code: "const s = { border: '1px solid #c50f1f80' }", filename: view, errors: [{ messageId: 'colour' }] },
    { code: 'const s = `0 0 ${n}px rgba(0, 0, 0, 0.2)`', filename: view, errors: [{ messageId: 'colour' }] },
    { code: "const s = 'hsl(210 50% 40%)'", filename: view, errors: [{ messageId: 'colour' }] },
    { code: "const s = { fontSize: '14px' }", filename: view, errors: [{ messageId: 'size', data: { found: '14px' } }] },
    { code: 'const s = { fontSize: 14 }', filename: view, errors: [{ messageId: 'size' }] },
    { code: "const css = 'font: bold 12px sans-serif'", filename: view, errors: [{ messageId: 'size' }] },
  ],
});
