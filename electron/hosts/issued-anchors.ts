import issued from '../../resources/trust/anchors.json' with { type: 'json' };

/** The table of pinned roots that ships with this version; parsed when it is read. */
export const issuedAnchors: unknown = issued;
