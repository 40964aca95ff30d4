using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>What a message of a method can't do without: RFC 3261 §8.1.1, §8.1.1.8, RFC 3262 §7.2, RFC 3515 §2.1, RFC 3903 §4, RFC 6665 §8.2.</summary>
internal static class MandatoryFields
{
    private static readonly string[] OfAll = ["Via", "From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Length", "Content-Type"];

    /// <summary>Besides those every request has.</summary>
    public static FieldKind[] Of(string method) => method switch
    {
        "INVITE" => [FieldKinds.Contact],
        "SUBSCRIBE" => [FieldKinds.Contact, FieldKinds.Event],
        "NOTIFY" => [FieldKinds.Contact, FieldKinds.Event, FieldKinds.SubscriptionState],
        "UPDATE" => [FieldKinds.Contact],
        "PUBLISH" => [FieldKinds.Event],
        "REFER" => [FieldKinds.Contact, FieldKinds.ReferTo],
        "PRACK" => [FieldKinds.RAck],
        _ => [],
    };

    /// <summary>Fields of them, one each: more than one Contact is for REGISTER alone.</summary>
    public static Gen<DraftField[]> FieldsOf(string method) => Gen.CollectToArray(Of(method), kind => kind.FieldWith(kind.Value));

    public static bool Need(string method, string longName) =>
        OfAll.Contains(longName, StringComparer.OrdinalIgnoreCase) || Of(method).Any(kind => Octets.Same(kind.Name, longName));
}
