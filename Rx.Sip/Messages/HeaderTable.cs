using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Rx.Sip.Messages;

/// <summary>Maps header names, long and compact (RFC 3261 §7.3.3 and the registry), to <see cref="HeaderId"/> and back.</summary>
internal static class HeaderTable
{
    private static readonly (HeaderId Id, string Name, string? Compact)[] Known =
    [
        (HeaderId.Accept, "Accept", null), (HeaderId.AcceptContact, "Accept-Contact", "a"),
        (HeaderId.AcceptEncoding, "Accept-Encoding", null), (HeaderId.AcceptLanguage, "Accept-Language", null),
        (HeaderId.AcceptResourcePriority, "Accept-Resource-Priority", null), (HeaderId.AlertInfo, "Alert-Info", null),
        (HeaderId.Allow, "Allow", null), (HeaderId.AllowEvents, "Allow-Events", "u"), (HeaderId.AnswerMode, "Answer-Mode", null),
        (HeaderId.AuthenticationInfo, "Authentication-Info", null), (HeaderId.Authorization, "Authorization", null),
        (HeaderId.CallId, "Call-ID", "i"), (HeaderId.CallInfo, "Call-Info", null), (HeaderId.Contact, "Contact", "m"),
        (HeaderId.ContentDisposition, "Content-Disposition", null), (HeaderId.ContentEncoding, "Content-Encoding", "e"),
        (HeaderId.ContentId, "Content-ID", null), (HeaderId.ContentLanguage, "Content-Language", null),
        (HeaderId.ContentLength, "Content-Length", "l"), (HeaderId.ContentType, "Content-Type", "c"),
        (HeaderId.CSeq, "CSeq", null), (HeaderId.Date, "Date", null), (HeaderId.ErrorInfo, "Error-Info", null),
        (HeaderId.Event, "Event", "o"), (HeaderId.Expires, "Expires", null), (HeaderId.FeatureCaps, "Feature-Caps", null),
        (HeaderId.FlowTimer, "Flow-Timer", null), (HeaderId.From, "From", "f"), (HeaderId.Geolocation, "Geolocation", null),
        (HeaderId.GeolocationRouting, "Geolocation-Routing", null), (HeaderId.HistoryInfo, "History-Info", null),
        (HeaderId.Identity, "Identity", "y"), (HeaderId.InfoPackage, "Info-Package", null),
        (HeaderId.InReplyTo, "In-Reply-To", null), (HeaderId.Join, "Join", null), (HeaderId.MaxBreadth, "Max-Breadth", null),
        (HeaderId.MaxForwards, "Max-Forwards", null), (HeaderId.MimeVersion, "MIME-Version", null),
        (HeaderId.MinExpires, "Min-Expires", null), (HeaderId.MinSE, "Min-SE", null),
        (HeaderId.MsClientDiagnostics, "ms-client-diagnostics", null), (HeaderId.MsConversationId, "Ms-Conversation-ID", null),
        (HeaderId.MsDiagnostics, "ms-diagnostics", null), (HeaderId.MsDiagnosticsPublic, "ms-diagnostics-public", null),
        (HeaderId.MsKeepAlive, "ms-keep-alive", null), (HeaderId.MsTextFormat, "ms-text-format", null),
        (HeaderId.MsUserLogonData, "ms-user-logon-data", null), (HeaderId.Organization, "Organization", null),
        (HeaderId.PAssertedIdentity, "P-Asserted-Identity", null), (HeaderId.PAssociatedUri, "P-Associated-URI", null),
        (HeaderId.Path, "Path", null), (HeaderId.PermissionMissing, "Permission-Missing", null),
        (HeaderId.PPreferredIdentity, "P-Preferred-Identity", null), (HeaderId.Priority, "Priority", null),
        (HeaderId.Privacy, "Privacy", null), (HeaderId.PrivAnswerMode, "Priv-Answer-Mode", null),
        (HeaderId.ProxyAuthenticate, "Proxy-Authenticate", null),
        (HeaderId.ProxyAuthenticationInfo, "Proxy-Authentication-Info", null),
        (HeaderId.ProxyAuthorization, "Proxy-Authorization", null), (HeaderId.ProxyRequire, "Proxy-Require", null),
        (HeaderId.RAck, "RAck", null), (HeaderId.Reason, "Reason", null), (HeaderId.RecordRoute, "Record-Route", null),
        (HeaderId.RecvInfo, "Recv-Info", null), (HeaderId.ReferredBy, "Referred-By", "b"), (HeaderId.ReferTo, "Refer-To", "r"),
        (HeaderId.RejectContact, "Reject-Contact", "j"), (HeaderId.Replaces, "Replaces", null),
        (HeaderId.ReplyTo, "Reply-To", null), (HeaderId.RequestDisposition, "Request-Disposition", "d"),
        (HeaderId.Require, "Require", null), (HeaderId.ResourcePriority, "Resource-Priority", null),
        (HeaderId.RetryAfter, "Retry-After", null), (HeaderId.Route, "Route", null), (HeaderId.RSeq, "RSeq", null),
        (HeaderId.SecurityClient, "Security-Client", null), (HeaderId.SecurityServer, "Security-Server", null),
        (HeaderId.SecurityVerify, "Security-Verify", null), (HeaderId.Server, "Server", null),
        (HeaderId.ServiceRoute, "Service-Route", null), (HeaderId.SessionExpires, "Session-Expires", "x"),
        (HeaderId.SipETag, "SIP-ETag", null), (HeaderId.SipIfMatch, "SIP-If-Match", null), (HeaderId.Subject, "Subject", "s"),
        (HeaderId.SubscriptionState, "Subscription-State", null), (HeaderId.Supported, "Supported", "k"),
        (HeaderId.SuppressIfMatch, "Suppress-If-Match", null), (HeaderId.TargetDialog, "Target-Dialog", null),
        (HeaderId.Timestamp, "Timestamp", null), (HeaderId.To, "To", "t"), (HeaderId.Unsupported, "Unsupported", null),
        (HeaderId.UserAgent, "User-Agent", null), (HeaderId.Via, "Via", "v"), (HeaderId.Warning, "Warning", null),
        (HeaderId.WwwAuthenticate, "WWW-Authenticate", null),
    ];

    // Names are compared in one step, as blocks of so many octets.
    private const int Block = 32;
    private const int Places = 512;

    private static readonly string[] Names = [.. MakeNames(header => header.Name).Select(name => name ?? "")];
    private static readonly string?[] CompactNames = MakeNames(header => header.Compact);
    private static readonly byte[][] Lines = [.. Names.Select(name => Encoding.ASCII.GetBytes(name + ": "))];
    private static readonly Spelling[] Table = MakeTable();

    /// <summary>The name as the RFC spells it.</summary>
    public static string NameOf(HeaderId id) => Names[(int)id];

    /// <summary>The compact form of the name; null when there is none.</summary>
    public static string? CompactOf(HeaderId id) => CompactNames[(int)id];

    /// <summary>What a line of that header begins with: its name, colon and space.</summary>
    public static ReadOnlySpan<byte> LineOf(HeaderId id) => Lines[(int)id];

    /// <summary>The header of that name; <see cref="HeaderId.Unknown"/> when the table has none.</summary>
    public static HeaderId Find(string name)
    {
        Span<byte> block = stackalloc byte[Block];
        return name.Length is > 0 and < Block && Ascii.FromUtf16(name, block, out _) is OperationStatus.Done
            ? Find(Vector256.Create(block), block, name.Length)
            : HeaderId.Unknown;
    }

    /// <summary>
    /// The header whose name stands at the start of a line, and where its colon is. Without a colon, as with an empty name, the
    /// length is 0 and the header unknown.
    /// </summary>
    public static HeaderId FindAt(ReadOnlySpan<byte> octets, int start, int end, out int nameLength, out int colon)
    {
        var line = octets[start..];
        return line.Length >= Block
            ? FindIn(line, end - start, start, out nameLength, out colon)
            : FindInLast(line, end - start, start, out nameLength, out colon);
    }

    // Behind the last lines there need not be as many octets as a block has.
    private static HeaderId FindInLast(ReadOnlySpan<byte> line, int lineLength, int start, out int nameLength, out int colon)
    {
        Span<byte> block = stackalloc byte[Block];
        line.CopyTo(block);
        return FindIn(block, lineLength, start, out nameLength, out colon);
    }

    private static HeaderId FindIn(ReadOnlySpan<byte> line, int lineLength, int start, out int nameLength, out int colon)
    {
        var block = Vector256.Create(line[..Block]);
        nameLength = BitOperations.TrailingZeroCount(Vector256.Equals(block, Vector256.Create((byte)':')).ExtractMostSignificantBits());
        if (nameLength == Block && lineLength > Block)
            nameLength = line[..lineLength].IndexOf((byte)':');
        if ((uint)nameLength >= (uint)lineLength)
        {
            (nameLength, colon) = (0, start - 1);
            return HeaderId.Unknown;
        }
        colon = start + nameLength;
        while (nameLength > 0 && Grammar.IsWhite(line[nameLength - 1]))
            nameLength--;
        return nameLength is 0 or >= Block ? HeaderId.Unknown : Find(block, line, nameLength);
    }

    /// <summary>
    /// The same for what nearly all lines begin with: a known name and nothing between it and its colon. It may fail to know a name.
    /// <paramref name="block"/> is the line's first octets, <paramref name="length"/> where its first colon stands.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HeaderId FindUsual(Vector256<byte> block, byte first, byte last, int length)
    {
        ref readonly var spelling = ref Table[Place(first, last, length)];
        return spelling.Is(block, length) ? spelling.Id : HeaderId.Unknown;
    }

    private static HeaderId Find(Vector256<byte> block, ReadOnlySpan<byte> name, int length)
    {
        for (var place = Place(name[0], name[length - 1], length); Table[place].Id != HeaderId.Unknown; place = (place + 1) % Places)
            if (Table[place].Is(block, length))
                return Table[place].Id;
        return HeaderId.Unknown;
    }

    // Length, first and last letter tell nearly all known names apart, so what is looked for rarely stands behind another.
    private static int Place(byte first, byte last, int length) => (int)((uint)(length * 43 + (first | 0x20) * 5 + (last | 0x20)) % Places);

    private static string?[] MakeNames(Func<(HeaderId Id, string Name, string? Compact), string?> choose)
    {
        var names = new string?[Known.Max(header => (int)header.Id) + 1];
        foreach (var header in Known)
            names[(int)header.Id] = choose(header);
        return names;
    }

    private static Spelling[] MakeTable()
    {
        var table = new Spelling[Places];
        foreach (var (id, name, compact) in Known)
            foreach (var text in new[] { name, compact }.OfType<string>())
            {
                var octets = Encoding.ASCII.GetBytes(text.ToLowerInvariant());
                var place = Place(octets[0], octets[^1], octets.Length);
                while (table[place].Id != HeaderId.Unknown)
                    place = (place + 1) % Places;
                table[place] = new Spelling(id, text);
            }
        return table;
    }

    // A value, so that it is found where its place is and not behind a reference there.
    private readonly struct Spelling(HeaderId id, string name)
    {
        private readonly Vector256<byte> _folded = Vector256.Create(Encoding.ASCII.GetBytes(name.ToLowerInvariant().PadRight(Block)));
        private readonly uint _others = ~(uint.MaxValue >> (Block - name.Length));
        private readonly int _length = name.Length;

        public HeaderId Id { get; } = id;

        // Known names are letters and hyphens; of what may stand in a line, only the other case of a letter becomes equal to one by this.
        public bool Is(Vector256<byte> block, int length) =>
            _length == length
            && (Vector256.Equals(block | Vector256.Create((byte)0x20), _folded).ExtractMostSignificantBits() | _others) == uint.MaxValue;
    }
}
