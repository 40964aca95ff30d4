namespace Rx.Sip;

/// <summary>Remembers which endpoint the latest Request-URIs led to, octet by octet, so that a message on the common path makes no URI. Of fixed size; used in the protocol mailbox.</summary>
internal sealed class RecentUris
{
    private const int Size = 64;

    private (byte[] Uri, EndpointCore Endpoint)[] _entries = new (byte[], EndpointCore)[Size];

    public EndpointCore? Find(ReadOnlySpan<byte> uri)
    {
        var (known, endpoint) = Page[Slot(uri)];
        return known is not null && uri.SequenceEqual(known) ? endpoint : null;
    }

    /// <summary>What is known for now; replaced by <see cref="Forget"/>.</summary>
    public (byte[] Uri, EndpointCore Endpoint)[] Page => Volatile.Read(ref _entries);

    public static void Remember((byte[] Uri, EndpointCore Endpoint)[] page, ReadOnlySpan<byte> uri, EndpointCore endpoint)
    {
        // A URI longer than this is no common case, and not worth the memory.
        if (uri.Length <= 256)
            page[Slot(uri)] = (uri.ToArray(), endpoint);
    }

    /// <summary>Forgets everything: an endpoint came or went.</summary>
    public void Forget() => Volatile.Write(ref _entries, new (byte[], EndpointCore)[Size]);

    private static int Slot(ReadOnlySpan<byte> uri)
    {
        var hash = new HashCode();
        hash.AddBytes(uri);
        return hash.ToHashCode() & (Size - 1);
    }
}
