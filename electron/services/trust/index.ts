export { attempt, type Asn1Reason, type Malformed } from './asn1/fault.ts';
export { checkSignature, type Digest, type SignatureAlgorithm, type SignatureVerdict } from './certificate/algorithms.ts';
export { agencyCodes, namePart, nameText, type Name } from './certificate/names.ts';
export { isSignedBy, readCertificate, unarmoured, type Certificate, type KeyFacts } from './certificate/read-certificate.ts';
export { assembleSignedData, prepareSignature, signatureValue, signedDataSize, type PreparedSignature, type SigningDigest, type SigningKind, type SigningWay } from './cms/build-signed-data.ts';
export { checkSignedData, isSound, type SignatureCheck } from './cms/check-signed-data.ts';
export { readSignedData, type SignedData, type SignedDataFailure } from './cms/read-signed-data.ts';
export { checkTimestamp, readTimestamp, type TimestampCheck, type TimestampToken } from './cms/timestamp.ts';
