using Ticklake.Core.Events;

namespace Ticklake.Exchanges.Bitfinex;

/// <summary>
/// Object frames to notices: welcome and maintenance, settings, acknowledgements, refusals. Keeps the channels and
/// flags
/// that array frames are read by.
/// </summary>
sealed class BitfinexEventDecoder(BitfinexChannels channels, long flags)
{
    const string BadObject = "object frame is no JSON";
    const string NoEvent = "object frame without event";
    const string BadSubscribed = "acknowledgement without chanId or with an unreadable length";
    const string BadConf = "conf acknowledgement without flags";

    /// <summary>The <c>conf</c> flags in force.</summary>
    public long Flags { get; private set; } = flags;

    public byte[]? ConfAcknowledgement { get; private set; }

    /// <summary>Reads one object frame; returns what is wrong with it, or null.</summary>
    public string? Decode(ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        if (!BitfinexEventFrame.TryRead(frame, out var read))
            return BadObject;
        switch (read["event"])
        {
            case null:
                return NoEvent;
            case "info":
                NoticeState(read, writer);
                return null;
            case "conf":
                return NoticeConf(read, frame, writer);
            case "subscribed":
                return NoticeSubscribed(read, frame, writer);
            case "unsubscribed":
                NoticeUnsubscribed(read, writer);
                return null;
            case "error":
                writer.Notice(new ServerNotice(NoticeKind.Refused)
                {
                    Code = read.Number("code") ?? 0,
                    Text = read["msg"] ?? "",
                    RequestId = read["subId"],
                });
                return null;
            case "pong":
                writer.Notice(new ServerNotice(NoticeKind.Pong) { RequestId = read["cid"] });
                return null;
            case var other:
                writer.Notice(new ServerNotice(NoticeKind.Other) { Text = other });
                return null;
        }
    }

    /// <summary>Takes a frame of an earlier decoder's context: the same effect, but it is no news.</summary>
    public void Restore(in DecoderContext context, IEventWriter writer)
    {
        if (!BitfinexEventFrame.TryRead(context.Frame, out var read))
            return;
        if (read["event"] == "conf" && read["status"] == "OK" && read.Number("flags") is { } flags)
        {
            Flags = flags;
            ConfAcknowledgement = context.Frame;
            writer.Notice(new ServerNotice(NoticeKind.ConfigurationAcknowledged) { Code = flags });
        }
        else if (read["event"] == "subscribed" && read.Number("chanId") is { } id
            && BitfinexAcknowledgement.TryOpen(read, id, context.Frame, writer) is { } channel)
        {
            channel.HasData = context.HasData;
            channels.Add(channel);
        }
    }

    static void NoticeState(BitfinexEventFrame read, IEventWriter writer)
    {
        if (read.Number("version") is { } version)
            writer.Notice(new ServerNotice(NoticeKind.Welcome) { Code = version, Text = read["serverId"] ?? "" });
        if (read.PlatformStatus == 0)
            writer.Notice(new ServerNotice(NoticeKind.MaintenanceStarted));
        if (read.Number("code") is { } code)
        {
            writer.Notice(new ServerNotice(BitfinexCodes.StateOf(code)) { Code = code, Text = read["msg"] ?? "" });
        }
    }

    string? NoticeConf(BitfinexEventFrame read, ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        if (read["status"] != "OK")
        {
            writer.Notice(new ServerNotice(NoticeKind.ConfigurationRefused)
            {
                Code = read.Number("code") ?? 0,
                Text = read["msg"] ?? read["status"] ?? "",
            });
            return null;
        }

        if (read.Number("flags") is not { } flags)
            return BadConf;
        Flags = flags;
        ConfAcknowledgement = frame.ToArray();
        writer.Notice(new ServerNotice(NoticeKind.ConfigurationAcknowledged) { Code = flags });
        return null;
    }

    string? NoticeSubscribed(BitfinexEventFrame read, ReadOnlySpan<byte> frame, IEventWriter writer)
    {
        if (read.Number("chanId") is not { } id || !BitfinexAcknowledgement.HasReadableLength(read))
            return BadSubscribed;
        var channel = BitfinexAcknowledgement.TryOpen(read, id, frame.ToArray(), writer);
        if (channel is not null)
            channels.Add(channel);
        writer.Notice(new ServerNotice(NoticeKind.Subscribed)
        {
            Stream = channel?.Slot,
            RequestId = read["subId"],
            Code = id,
            Text = read["channel"] ?? "",
        });
        return null;
    }

    void NoticeUnsubscribed(BitfinexEventFrame read, IEventWriter writer)
    {
        var channel = read.Number("chanId") is { } id ? channels.Find(id) : null;
        if (channel is not null)
            channels.Remove(channel);
        writer.Notice(new ServerNotice(NoticeKind.Unsubscribed)
        {
            Stream = channel?.Slot,
            Code = read.Number("chanId") ?? 0,
        });
    }
}
