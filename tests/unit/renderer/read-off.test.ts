import { describe, expect, it } from 'vitest';
import type { Candidate, DraftFields, FileSuggestions } from '#contract';

// As in parts.test.ts: the window's pure parts are loaded by name and given their types here.
type Read = Readonly<Record<'typeName' | 'place' | 'subject' | 'signerName' | 'signerPosition', readonly Candidate[]>>;
const { readOff, fillable } = (await import(new URL('../../../renderer/features/outgoing/form/read-off.ts', import.meta.url).href)) as {
  readOff: (suggestions: FileSuggestions | undefined) => Read;
  fillable: (read: Read, fields: DraftFields, startKind: string | null) => Record<string, string>;
};

const candidate = (value: string, confidence: Candidate['confidence'] = 'sure'): Candidate => ({ value, confidence, rule: 'r', places: [{ page: 1, box: [0, 0, 1, 1] }] });
const suggestions = (...fields: FileSuggestions['fields']): FileSuggestions => ({ state: 'read', pages: 1, fields, secret: null });
const fields = { typeName: 'Công văn', place: 'Huế', subject: '', signerName: '', signerPosition: '' } as DraftFields;

describe('what a draft takes off its own page', () => {
  const told = readOff(
    suggestions(
      { field: 'typeName', best: candidate('Thông báo'), others: [candidate('Luật')] },
      { field: 'subject', best: candidate('tuyển dụng'), others: [candidate('tuyển dụng', 'likely'), candidate('khác', 'doubtful')] },
      { field: 'place', best: candidate('Đà Lạt'), others: [] },
      { field: 'signerName', best: null, others: [candidate('Trần Văn A', 'doubtful')] },
    ),
  );

  it('has each value once, only kinds that an office issues, and nothing for a field of which the page says nothing', () => {
    expect(told.typeName.map(({ value }) => value)).toEqual(['Thông báo']);
    expect(told.subject.map(({ value }) => value)).toEqual(['tuyển dụng', 'khác']);
    expect(told.signerPosition).toEqual([]);
    expect(readOff(suggestions({ field: 'signerPosition', best: candidate('Phó Chủ tịch'), others: [] })).signerPosition[0]?.value, 'as the page has it').toBe('PHÓ CHỦ TỊCH');
    expect(readOff(undefined).subject).toEqual([]);
    expect(readOff(suggestions({ field: 'subject', best: candidate('x'.repeat(501)), others: [] })).subject, 'longer than the field').toEqual([]);
  });

  it('is put into fields that are empty, and is no mere guess', () => {
    expect(fillable(told, fields, 'Công văn')).toEqual({ typeName: 'Thông báo', subject: 'tuyển dụng' });
  });

  it('never takes the place of what was typed or chosen', () => {
    expect(fillable(told, { ...fields, subject: 'của tôi' }, 'Công văn')).toEqual({ typeName: 'Thông báo' });
    expect(fillable(told, { ...fields, typeName: 'Báo cáo' }, 'Công văn')).toEqual({ subject: 'tuyển dụng' });
    expect(fillable(told, fields, null), 'a draft that there was before').toEqual({ subject: 'tuyển dụng' });
  });
});
