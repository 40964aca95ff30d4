namespace Rx.Sip;

/// <summary>Remembers which endpoint the latest Request-URIs led to, octet by octet, so that a message on the common path makes no URI. Of fixed size; used in the protocol mailbox.</summary>
internal sealed class RecentUris
{
    private const int Size = 64;

    private Page _current = new();

    public EndpointCore? Find(ReadOnlySpan<byte> uri)
    {
        var (known, endpoint) = Volatile.Read(ref _current).Entries[Slot(uri)];
        return known is not null && uri.SequenceEqual(known) ? endpoint : null;
    }

    /// <summary>
    /// The page to remember on what is about to be looked for: taken before the look, so that what is found is not remembered behind the back of
    /// an endpoint that leaves meanwhile.
    /// </summary>
    public Page Open()
    {
        var page = Volatile.Read(ref _current);
        page.IsOpened = true;
        return page;
    }

    /// <summary>Forgets everything: an endpoint came or went. Many may come in a row before anything is remembered. From any thread.</summary>
    public void Forget()
    {
        if (Volatile.Read(ref _current).IsOpened)
            Volatile.Write(ref _current, new Page());
    }

    private static int Slot(ReadOnlySpan<byte> uri)
    {
        var hash = new HashCode();
        hash.AddBytes(uri);
        return hash.ToHashCode() & (Size - 1);
    }

    /// <summary>What is known until an endpoint comes or goes.</summary>
    internal sealed class Page
    {
        private volatile bool _isOpened;

        /// <summary>Whether anybody may have written on it.</summary>
        public bool IsOpened
        {
            get => _isOpened;
            set => _isOpened = value;
        }

        public (byte[] Uri, EndpointCore Endpoint)[] Entries { get; } = new (byte[], EndpointCore)[Size];

        public void Remember(ReadOnlySpan<byte> uri, EndpointCore endpoint)
        {
            // A URI longer than this is no common case, and not worth the memory.
            if (uri.Length <= 256)
                Entries[Slot(uri)] = (uri.ToArray(), endpoint);
        }
    }
}
