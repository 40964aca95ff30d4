using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Rx.Sip.Transports.Dns;

/// <summary>A query or a response (RFC 1035 §4.1), as far as it matters here: the additional section is looked at for OPT only.</summary>
internal sealed class DnsMessage
{
    /// <summary>The 16 bits by which a response is found to be one to a query.</summary>
    public required ushort Id { get; init; }

    public bool IsResponse { get; init; }

    /// <summary>Whether the rest did not fit into a datagram.</summary>
    public bool IsTruncated { get; init; }

    public DnsCode Code { get; init; }

    /// <summary>What is asked. A server that could not read the query may leave it out.</summary>
    public DnsQuestion? Question { get; init; }

    public ImmutableArray<DnsRecord> Answers { get; init; } = [];

    public ImmutableArray<DnsRecord> Authorities { get; init; } = [];

    /// <summary>How large a datagram the sender takes, by its OPT record; 0 without one.</summary>
    public int PayloadSize { get; init; }

    /// <summary>Reads a message; false for anything that is none. Never throws, whatever the octets.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out DnsMessage? message)
    {
        var reader = new DnsReader(octets);
        return reader.TryRead(out message);
    }

    public byte[] ToOctets() => DnsWriter.Write(this);
}
