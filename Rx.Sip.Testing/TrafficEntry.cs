using System.Net;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Ladders;

namespace Rx.Sip.Testing;

/// <summary>One thing that was sent over the simulated network, or happened on it. A duplicate is an entry of its own.</summary>
public sealed class TrafficEntry
{
    private string? _text;

    internal TrafficEntry(TrafficKind kind, DateTimeOffset sentAt, string text) => (Kind, SentAt, _text) = (kind, sentAt, text);

    internal TrafficEntry(DateTimeOffset sentAt, ReadOnlyMemory<byte> octets) => (Kind, SentAt, Octets) = (TrafficKind.Octets, sentAt, octets);

    /// <summary>What it is about.</summary>
    public TrafficKind Kind { get; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>When it arrived, its last octet on a stream; null as long as it has not.</summary>
    public DateTimeOffset? ArrivedAt { get; private set; }

    /// <summary>The name of the host that sent it; empty for a note.</summary>
    public string From { get; internal init; } = "";

    /// <summary>The name of the host it went to, or the bare address if no host has it; empty for a note.</summary>
    public string To { get; internal init; } = "";

    /// <summary>The address it left from; null for a note.</summary>
    public IPEndPoint? Source { get; internal init; }

    /// <summary>The address it was for; null for a note.</summary>
    public IPEndPoint? Destination { get; internal init; }

    /// <summary>How it travelled.</summary>
    public SipTransportType Transport { get; internal init; }

    /// <summary>Whether the network made this copy of a datagram.</summary>
    public bool IsDuplicate { get; internal init; }

    /// <summary>What became of it.</summary>
    public TrafficOutcome Outcome { get; private set; }

    /// <summary>Why it was lost; empty unless it was.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>What was sent, to the octet; empty unless <see cref="Kind"/> is <see cref="TrafficKind.Octets"/>.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>The octets as a message; null when they are none, for example a keep-alive.</summary>
    public SipMessage? Message => (SipParser.Parse(Octets) as SipParseResult.Parsed)?.Message;

    /// <summary>It in a few words, for example <c>MESSAGE sip:bob@example.test (1)</c> or <c>200 OK (1 MESSAGE)</c>.</summary>
    public string Text => _text ??= Summary.Of(Octets);

    internal void Arrived(DateTimeOffset at) => (ArrivedAt, Outcome) = (at, TrafficOutcome.Delivered);

    internal void WasLost(string reason) => (Reason, Outcome) = (reason, TrafficOutcome.Lost);

    /// <summary>The entry as one sentence.</summary>
    public override string ToString() => Kind == TrafficKind.Note ? Text : $"{From} -> {To}: {Text} ({LadderLine.Fate(this)})";
}
