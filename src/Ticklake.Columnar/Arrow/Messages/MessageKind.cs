namespace Ticklake.Columnar.Arrow.Messages;

/// <summary>The members of the union MessageHeader in Message.fbs, in its order.</summary>
enum MessageKind : byte
{
    None,
    Schema,
    DictionaryBatch,
    RecordBatch,
}
