using System.Collections.Frozen;
using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>The headers that generated messages have.</summary>
internal static class FieldKinds
{
    public static FieldKind Via { get; } = FieldKind.List("Via", "v", CoreValues.Via);

    public static FieldKind From { get; } = FieldKind.One("From", "f", CoreValues.From);

    public static FieldKind To { get; } = FieldKind.One("To", "t", CoreValues.To);

    public static FieldKind CallId { get; } = FieldKind.Strict("Call-ID", "i", CoreValues.CallId);

    public static FieldKind CSeq { get; } = FieldKind.Text("CSeq", null, CoreValues.Sequence);

    public static FieldKind MaxForwards { get; } = FieldKind.Strict("Max-Forwards", null, CoreValues.MaxForwards);

    public static FieldKind ContentType { get; } = FieldKind.One("Content-Type", "c", OtherValues.MediaRange);

    public static FieldKind ContentLength { get; } = FieldKind.Strict("Content-Length", "l", Words.Number);

    public static FieldKind Contact { get; } = FieldKind.List("Contact", "m", CoreValues.Contact);

    public static FieldKind Event { get; } = FieldKind.One("Event", "o", OtherValues.EventPackage);

    public static FieldKind SubscriptionState { get; } = FieldKind.One("Subscription-State", null, OtherValues.SubscriptionState);

    public static FieldKind ReferTo { get; } = FieldKind.One("Refer-To", "r", Addresses.Any);

    public static FieldKind RAck { get; } = FieldKind.Text("RAck", null, OtherValues.RAck);

    /// <summary>What any request may have besides, without asking for anything a user agent may not know.</summary>
    public static FieldKind[] OfRequests { get; } =
    [
        .. OfBoth(),
        FieldKind.List("Route", null, CoreValues.Route), FieldKind.List("Path", null, CoreValues.Route),
        FieldKind.One("Authorization", null, OtherValues.Credentials), FieldKind.One("Proxy-Authorization", null, OtherValues.Credentials),
        FieldKind.List("Proxy-Require", null, OtherValues.OptionTag), FieldKind.One("SIP-If-Match", null, Words.Token),
        FieldKind.List("In-Reply-To", null, Words.Token), FieldKind.Strict("Priority", null, Gen.Elements("emergency", "urgent", "normal", "non-urgent", "x-odd")),
        FieldKind.One("Referred-By", "b", Addresses.Any), FieldKind.List("P-Preferred-Identity", null, Addresses.Sip),
        FieldKind.One("Privacy", null, Gen.Elements("none", "id", "header;session", "user;id;critical")), FieldKind.List("Alert-Info", null, OtherValues.InfoLink),
        FieldKind.One("Answer-Mode", null, Gen.Elements("Auto", "Manual;require")), FieldKind.One("Identity", "y", OtherValues.Identity),
        FieldKind.List("Security-Client", null, OtherValues.Security), FieldKind.List("Security-Verify", null, OtherValues.Security),
    ];

    public static FieldKind[] OfResponses { get; } =
    [
        .. OfBoth(),
        FieldKind.One("WWW-Authenticate", null, OtherValues.Challenge), FieldKind.One("Proxy-Authenticate", null, OtherValues.Challenge),
        FieldKind.One("Authentication-Info", null, Gen.Elements("nextnonce=\"47364c23\", qop=auth, rspauth=\"6629fae4\", nc=00000001, cnonce=\"0a4f113b\"")),
        FieldKind.List("Unsupported", null, OtherValues.OptionTag), FieldKind.List("Require", null, OtherValues.OptionTag),
        FieldKind.One("Retry-After", null, Gen.Elements("5", "18000;duration=3600", "120 (I'm in a meeting)", "60 (a) ;duration=1")),
        FieldKind.List("Warning", null, OtherValues.Warning), FieldKind.Text("Server", null, OtherValues.Product),
        FieldKind.List("Service-Route", null, CoreValues.Route), FieldKind.Strict("Min-Expires", null, Words.Number),
        FieldKind.Strict("RSeq", null, Gen.Choose(1, 100_000).Select(Words.Plain)), FieldKind.One("SIP-ETag", null, Words.Token),
        FieldKind.List("Error-Info", null, OtherValues.InfoLink), FieldKind.Strict("Flow-Timer", null, Gen.Elements("120", "1")),
        FieldKind.List("Security-Server", null, OtherValues.Security), FieldKind.List("Content-Encoding", "e", Gen.Elements("identity", "gzip")),
    ];

    /// <summary>All of them, each once.</summary>
    public static IReadOnlyList<FieldKind> All { get; } =
    [
        .. new[] { Via, From, To, CallId, CSeq, MaxForwards, ContentType, ContentLength, Contact, Event, SubscriptionState, ReferTo, RAck }
            .Concat(OfRequests).Concat(OfResponses).DistinctBy(kind => kind.Name, StringComparer.OrdinalIgnoreCase),
    ];

    private static FrozenDictionary<string, FieldKind> ByName { get; } =
        All.SelectMany(kind => new[] { kind.Name, kind.Compact }.OfType<string>().Select(name => KeyValuePair.Create(name, kind)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>A header nobody has heard of, its name any token (RFC 3261 §7.3.1).</summary>
    public static Gen<DraftField> Unknown { get; } =
        from name in Words.Token
        from field in FieldKind.Text($"X-{name}", null, OtherValues.Free).Field
        select field;

    /// <summary>What is known about a header, by its long or compact name; null when nothing is.</summary>
    public static FieldKind? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The long name of a header.</summary>
    public static string LongName(string name) => Find(name)?.Name ?? name;

    private static FieldKind[] OfBoth() =>
    [
        FieldKind.List("Allow", null, CoreValues.Method), FieldKind.List("Supported", "k", OtherValues.OptionTag),
        FieldKind.List("Allow-Events", "u", Gen.Elements("presence", "dialog", "x.y.z")), FieldKind.List("Accept", null, OtherValues.MediaRange),
        FieldKind.List("Accept-Encoding", null, Gen.Elements("identity", "gzip;q=0.5", "*")), FieldKind.List("Accept-Language", null, Gen.Elements("da", "en-gb;q=0.8", "*;q=0.1")),
        FieldKind.Strict("Expires", null, Words.Number), FieldKind.One("Session-Expires", "x", Gen.Elements("1800", "4000;refresher=uac", "90;refresher=uas;x-a")),
        FieldKind.One("Min-SE", null, Gen.Elements("90", "120;x-lr")), FieldKind.Strict("Date", null, OtherValues.Date),
        FieldKind.Text("Subject", "s", OtherValues.Free), FieldKind.Text("Organization", null, OtherValues.Free), FieldKind.Text("User-Agent", null, OtherValues.Product),
        FieldKind.Text("Timestamp", null, Gen.Elements("54", "54.7 0.2", "0", "99999.123")), FieldKind.List("Record-Route", null, CoreValues.Route),
        FieldKind.List("P-Asserted-Identity", null, Addresses.Sip), FieldKind.One("Reply-To", null, Addresses.Bracketed), FieldKind.List("Reason", null, OtherValues.Reason),
        FieldKind.List("Call-Info", null, OtherValues.InfoLink), FieldKind.Strict("MIME-Version", null, Gen.Constant("1.0")),
        FieldKind.List("Content-Language", null, Gen.Elements("en", "fr", "de-AT")), FieldKind.One("Content-Disposition", null, Gen.Elements("session", "render;handling=optional", "icon")),
        FieldKind.List("History-Info", null, OtherValues.History), FieldKind.List("Recv-Info", null, Gen.Elements("dtmf", "x-info;a=b")),
        FieldKind.One("ms-diagnostics", null, OtherValues.Diagnostics),
    ];
}
