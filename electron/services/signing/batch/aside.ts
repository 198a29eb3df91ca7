import type { Result } from '../../../foundation/outcome.ts';
import type { HostTable, TrustHttp } from '../../trust/index.ts';
import type { PictureRefusal, PictureUse } from '../appearance/picture.ts';
import type { CopiedFile, CopyOrder } from '../copying/copy-pages.ts';
import type { CopyRefusal } from '../copying/refusal.ts';
import type { RolePlan, RoleWish } from '../issue/role-plan.ts';
import type { Trust } from '../long-term/assess.ts';
import type { Completed } from '../long-term/complete.ts';
import type { ExtensionWish } from '../long-term/extend.ts';
import type { Lists } from '../long-term/gather.ts';
import type { SignatureLevel } from '../long-term/level.ts';
import type { SigningFiles } from '../prepare.ts';
import type { SigningRefusal } from '../refusals.ts';
import type { WorkFault } from './job.ts';
import type { ReadPicture } from './work.ts';

/** A file to complete, plain data; `at`: what the station's clock says now. */
export type CompleteOrder = SigningFiles &
  Omit<ExtensionWish, 'only'> & { readonly at: Date; readonly hosts: HostTable; readonly trust: Trust };

/** The way out for who completes: the thread asks, and whoever has the network answers. */
export type CompletePorts = { readonly http: TrustHttp; readonly lists: Lists };

/** What threads do beside batches, for whoever shows and completes; reading PDFs and pictures is synchronous. */
export type SigningAside = {
  readonly plan: (path: string, wish: RoleWish) => Promise<Result<RolePlan, SigningRefusal | WorkFault>>;
  readonly picture: (bytes: Uint8Array, use: PictureUse, widthMm?: number) => Promise<Result<ReadPicture, PictureRefusal | WorkFault>>;
  readonly levels: (path: string, trust: Trust) => Promise<Result<readonly SignatureLevel[], SigningRefusal | WorkFault>>;
  readonly copy: (order: CopyOrder) => Promise<Result<CopiedFile, CopyRefusal | WorkFault>>;
  readonly complete: (order: CompleteOrder, ports: CompletePorts) => Promise<Result<Completed, SigningRefusal | WorkFault>>;
};
