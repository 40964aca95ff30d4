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

    private static readonly string[] Names = [.. MakeNames(header => header.Name).Select(name => name ?? "")];
    private static readonly string?[] CompactNames = MakeNames(header => header.Compact);
    private static readonly (byte[] Name, HeaderId Id)[]?[] Buckets = MakeBuckets();

    /// <summary>The name as the RFC spells it.</summary>
    public static string NameOf(HeaderId id) => Names[(int)id];

    /// <summary>The compact form of the name; null when there is none.</summary>
    public static string? CompactOf(HeaderId id) => CompactNames[(int)id];

    public static HeaderId Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || Buckets[Slot(name)] is not { } bucket)
            return HeaderId.Unknown;
        foreach (var (candidate, id) in bucket)
            if (Ascii.EqualsIgnoreCase(name, candidate))
                return id;
        return HeaderId.Unknown;
    }

    public static HeaderId Find(string name) =>
        name.Length <= 64 && Ascii.IsValid(name) ? Find(Encoding.ASCII.GetBytes(name)) : HeaderId.Unknown;

    // Length, first and last letter tell nearly all known names apart, so a bucket rarely holds two.
    private static int Slot(ReadOnlySpan<byte> name) => (name.Length * 11 + (name[0] | 0x20) * 5 + (name[^1] | 0x20)) & 0xFF;

    private static string?[] MakeNames(Func<(HeaderId Id, string Name, string? Compact), string?> choose)
    {
        var names = new string?[Known.Length + 1];
        foreach (var header in Known)
            names[(int)header.Id] = choose(header);
        return names;
    }

    private static (byte[], HeaderId)[]?[] MakeBuckets()
    {
        var buckets = new (byte[], HeaderId)[]?[256];
        foreach (var (id, name, compact) in Known)
            foreach (var spelling in new[] { name, compact }.OfType<string>())
            {
                var octets = Encoding.ASCII.GetBytes(spelling);
                ref var bucket = ref buckets[Slot(octets)];
                bucket = [.. bucket ?? [], (octets, id)];
            }
        return buckets;
    }
}
