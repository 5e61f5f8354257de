namespace Ticklake.Simulator.Bitfinex;

/// <summary>Flags of the <c>conf</c> event (bitfinex.md section 4.1).</summary>
[Flags]
enum ConfFlags : long
{
    None = 0,
    Timestamp = 32_768,
    SequenceAll = 65_536,
    Checksum = 131_072,
    BulkUpdates = 536_870_912,
}
