namespace Rx.Sip.Testing;

/// <summary>What a <see cref="DnsServer"/> does wrong. Everything may be changed while it runs; a new one does nothing wrong.</summary>
public sealed class DnsFaults
{
    /// <summary>Whether queries stay without any answer. Default false.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How many queries stay without answer from now on. Default 0.</summary>
    public int DropNext { get; set; }

    /// <summary>Whether queries are answered with SERVFAIL. Default false.</summary>
    public bool Fails { get; set; }

    /// <summary>Whether datagrams are too small for any answer, so that it has to be asked for over TCP. Default false.</summary>
    public bool Truncates { get; set; }

    /// <summary>Whether the server knows nothing of OPT (RFC 6891) and refuses to read queries that have it. Default false.</summary>
    public bool IsOld { get; set; }

    /// <summary>How long it thinks about every query. Default zero.</summary>
    public TimeSpan Delay
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }

    /// <summary>What is sent in place of a response: anything, any number of times. Null: the response.</summary>
    internal Func<byte[], IEnumerable<byte[]>>? Mangle { get; set; }
}
