/**
 * The two orders of elements that circulate (axis.md §2.2): `vnpt` = b, measured on VNPT's Java builder, for the national
 * axis; `qcvn` = a, the numbering of QCVN 102:2016 with `DocumentId` last, as .NET readers and older samples have it.
 */
export type ElementOrder = 'vnpt' | 'qcvn';

/** `*` = where elements stand that the list does not name. What is not listed here keeps the order of the model. */
type OrderTable = Readonly<Record<'MessageHeader' | 'TraceHeaderList' | 'Attachment', readonly string[]>>;

const attachment = 'ContentId AttachmentName Description FieldName MimeType Format ContentType * ContentTransferEncoded';

export const elementOrders: Readonly<Record<ElementOrder, OrderTable>> = {
  vnpt: {
    MessageHeader: (
      'From To DocumentId Code PromulgationInfo DocumentType Subject Content SignerInfo DueDate OtherInfo ResponseFor ' +
      'SteeringType ResponseForTask ApplicationType ToPlaces *'
    ).split(' '),
    TraceHeaderList: ['Bussiness', 'TraceHeader', '*'],
    Attachment: attachment.split(' '),
  },
  qcvn: {
    // The task elements are VNPT's own and have no number; they stand before the last numbered one.
    MessageHeader: (
      'From To Code PromulgationInfo DocumentType Subject Content SignerInfo DueDate ToPlaces OtherInfo ResponseFor ' +
      'SteeringType ResponseForTask ApplicationType * DocumentId'
    ).split(' '),
    TraceHeaderList: ['TraceHeader', 'Bussiness', '*'],
    Attachment: attachment.split(' '),
  },
};
