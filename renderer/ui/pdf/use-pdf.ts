import { useEffect, useState } from 'react';
import { faultOf, openPdf, type OpenedPdf, type PdfFault } from './engine.ts';

export type PageSize = { readonly width: number; readonly height: number };

export type PdfState =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly pdf: OpenedPdf; readonly firstPage: PageSize }
  | { readonly state: 'failed'; readonly fault: PdfFault };

const opening: PdfState = { state: 'opening' };

/** Opens the PDF at `url` and closes it when another takes its place. */
export function usePdf(url: string): PdfState {
  const [state, setState] = useState<PdfState & { readonly url?: string }>(opening);
  useEffect(() => {
    let wanted = true;
    let opened: OpenedPdf | undefined;
    openPdf(url)
      .then(async (pdf) => {
        opened = pdf;
        const { width, height } = (await pdf.document.getPage(1)).getViewport({ scale: 1 });
        if (wanted) setState({ state: 'open', pdf, firstPage: { width, height }, url });
      })
      .catch((error: unknown) => {
        if (wanted) setState({ state: 'failed', fault: faultOf(error), url });
      })
      .finally(() => {
        if (!wanted) opened?.close();
      });
    return () => {
      wanted = false;
      opened?.close();
    };
  }, [url]);
  return state.url === url ? state : opening;
}
