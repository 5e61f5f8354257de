using System.Text;
using Ticklake.Core.Events;
using Ticklake.Core.Markets;

namespace Ticklake.Stores.Tables;

/// <summary>
/// What is the same in every row of a batch. Immutable and shared by all batches of a stream until its tags or its
/// journal file change; holds the constants' UTF-8 forms so that a batch costs no encoding.
/// </summary>
public sealed class BatchHeader
{
    public BatchHeader(StreamKey stream, string pair, string connectionId, string sourceFile)
    {
        Stream = stream;
        Pair = pair;
        ConnectionId = connectionId;
        SourceFile = sourceFile;
    }

    public StreamKey Stream { get; }

    public string Pair { get; }

    public string ConnectionId { get; }

    /// <summary>The journal file, relative to the data directory, with forward slashes.</summary>
    public string SourceFile { get; }

    /// <summary>The subscription's channel id and names; the book's precision, frequency and length.</summary>
    public StreamTags Tags { get; init; } = StreamTags.Empty;

    /// <summary>Bitfinex conf flags in force, or null.</summary>
    public long? ConfFlags { get; init; }

    /// <summary>A candle stream's timeframe: its variant, unless said otherwise.</summary>
    public string Timeframe { get => field ?? Stream.Variant; init; }

    internal HeaderTexts Texts => field ??= new HeaderTexts(this);
}

/// <summary>The UTF-8 forms of a header's texts, as column parts take them.</summary>
sealed class HeaderTexts(BatchHeader header)
{
    public byte[] Exchange { get; } = Encoding.UTF8.GetBytes(header.Stream.Market.Exchange);

    public byte[] Market { get; } = Encoding.UTF8.GetBytes(header.Stream.Market.Market);

    public byte[] Channel { get; } = Encoding.UTF8.GetBytes(header.Stream.Channel.Name());

    public byte[] Symbol { get; } = Encoding.UTF8.GetBytes(header.Stream.Symbol);

    public byte[] Pair { get; } = Encoding.UTF8.GetBytes(header.Pair);

    public byte[] ConnectionId { get; } = Encoding.UTF8.GetBytes(header.ConnectionId);

    public byte[] SourceFile { get; } = Encoding.UTF8.GetBytes(header.SourceFile);

    public byte[] Timeframe { get; } = Encoding.UTF8.GetBytes(header.Timeframe);

    public byte[] Source { get; } = Encoding.UTF8.GetBytes(header.Tags.Source.Name());

    public byte[]? SubscriptionId { get; } = Optional(header.Tags.SubscriptionId);

    public byte[]? Precision { get; } = Optional(header.Tags.Precision);

    public byte[]? Frequency { get; } = Optional(header.Tags.Frequency);

    static byte[]? Optional(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
