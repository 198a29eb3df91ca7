import { useState, type ReactNode } from 'react';
import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { dossierColumns, type DossierColumn, type DossierSheet, type DossierTableKind, type DossierTablePreview } from '#contract';
import { useConnection } from '../../../bridge/context.ts';
import { noteDossiersChanged, reloadDossiers } from '../../../bridge/dossier-cache.ts';
import { ask } from '../../../bridge/methods.ts';
import { useWords } from '../../../i18n/use-words.ts';
import { FoundRows } from '../parts/FoundRows.tsx';
import { TableImport } from '../parts/TableImport.tsx';

export type DossierImportProps = { readonly onClose: () => void; readonly onDone: (words: string) => void };

/** Dossiers of another system or of the years before, then their documents, from tables. */
export function DossierImport({ onClose, onDone }: DossierImportProps): ReactNode {
  const t = useWords();
  const connection = useConnection();
  const cache = useQueryClient();
  const [kind, setKind] = useState<DossierTableKind>('dossiers');
  return (
    <TableImport<DossierSheet, DossierColumn, DossierTablePreview>
      title={t('dossiers.takeOver.title')}
      intro={t('dossiers.takeOver.intro')}
      fields={dossierColumns[kind]}
      fieldWords={(field) => t(`dossiers.column.${field}`)}
      guessed={(sheet, at) => sheet.columns[at]?.[kind] ?? 'ignore'}
      look={async (file) => (await ask(connection, 'dossiers', 'lookAtDossierTable', { file })).sheets}
      onSheet={(sheet) => {
        setKind(sheet.kind);
      }}
      preview={(choice) => ask(connection, 'dossiers', 'previewDossierTable', { ...choice, kind })}
      good={(preview) => preview.counts.good}
      confirm={(count) => t(`dossiers.takeOver.confirm.${kind}`, { count })}
      run={async (choice) => {
        const { counts } = await ask(connection, 'dossiers', 'importDossierTable', { ...choice, kind });
        await Promise.all([noteDossiersChanged(cache, [], []), reloadDossiers(cache)]);
        onDone(t(`dossiers.takeOver.done.${kind}`, counts));
      }}
      found={(preview, heads) => (
        <FoundRows
          said={t(`dossiers.takeOver.found.${kind}`, preview.counts)}
          heads={heads}
          bad={preview.bad.map(({ row, cells, problems }) => ({ row, cells, problems: problems.map((one) => t(`dossiers.rowProblem.${one.code}`, one.params)) }))}
          goodHeads={[t('dossiers.field.notation'), t(kind === 'dossiers' ? 'dossiers.field.title' : 'dossiers.takeOver.document'), t('dossiers.takeOver.told')]}
          good={preview.good.map((one) => ({ row: one.row, cells: [one.code, one.title, one.told] }))}
        />
      )}
      onClose={onClose}
    >
      <Field label={t('dossiers.takeOver.kind')}>
        <RadioGroup
          value={kind}
          onChange={(_, { value }) => {
            setKind(value === 'documents' ? 'documents' : 'dossiers');
          }}
        >
          <Radio value="dossiers" label={t('dossiers.takeOver.dossiers')} />
          <Radio value="documents" label={t('dossiers.takeOver.documents')} />
        </RadioGroup>
      </Field>
    </TableImport>
  );
}
