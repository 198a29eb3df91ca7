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
    const stop = new AbortController();
    openPdf(url, stop.signal)
      .then(async (pdf) => {
        const { width, height } = (await pdf.document.getPage(1)).getViewport({ scale: 1 });
        if (!stop.signal.aborted) setState({ state: 'open', pdf, firstPage: { width, height }, url });
      })
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setState({ state: 'failed', fault: faultOf(error), url });
      });
    return () => {
      stop.abort();
    };
  }, [url]);
  return state.url === url ? state : opening;
}
