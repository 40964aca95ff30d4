using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Whole messages, valid by RFC 3261 and written in every way its grammar allows.</summary>
internal static class Drafts
{
    private const int ManyHeaders = 120;

    private static readonly int[] Statuses = [100, 180, 181, 183, 199, 200, 202, 204, 300, 302, 400, 401, 404, 407, 408, 420, 423, 480, 481, 486, 487, 489, 494, 500, 503, 504, 580, 600, 603, 606, 699];

    public static Gen<MessageDraft> Request { get; } =
        from method in CoreValues.Method
        from target in Uris.Target
        from version in Gen.Frequency((15, Gen.Constant("SIP/2.0")), (1, Gen.Constant("sip/2.0")))
        from dialog in Mandatory(method, FieldKinds.To)
        from forwards in FieldKinds.MaxForwards.Field
        from own in MandatoryFields.FieldsOf(method)
        from more in Optional(FieldKinds.OfRequests)
        from body in Bodies.Any
        from draft in Finish($"{method} {target} {version}", [.. dialog, forwards, .. own, .. more], body)
        select draft;

    public static Gen<MessageDraft> Response { get; } =
        from status in Gen.Frequency((6, Gen.Elements(Statuses)), (1, Gen.Choose(100, 699)))
        from reason in Gen.Frequency((6, Gen.Constant(SipStatus.ReasonPhrase(status))), (1, Gen.Constant("")), (2, OtherValues.Free))
        from method in CoreValues.Method
        from dialog in Mandatory(method, FieldKinds.From with { Name = "To", Compact = "t" })
        from contacts in Contacts(status)
        from more in Optional(FieldKinds.OfResponses)
        from body in Bodies.Any
        from draft in Finish($"SIP/2.0 {status} {Octets.OfText(reason)}", [.. dialog, .. contacts, .. more], body)
        select draft;

    private static Gen<DraftField[]> Mandatory(string method, FieldKind to) => Gen.CollectToArray(
    [
        FieldKinds.Via.Field, FieldKinds.From.Field, to.Field, FieldKinds.CallId.Field,
        FieldKinds.CSeq.FieldWith(CoreValues.Sequence.Select(number => $"{number} {method}")),
    ]);

    private static Gen<DraftField[]> Contacts(int status) =>
        status is >= 200 and < 400 ? FieldKinds.Contact.Field.ArrayOf(1) : Gen.Constant(Array.Empty<DraftField>());

    // A header that is no list stands once at most.
    private static Gen<DraftField[]> Optional(FieldKind[] kinds) =>
        from count in Gen.Frequency((6, Gen.Constant(0)), (20, Gen.Choose(1, 8)), (4, Gen.Choose(9, 20)), (1, Gen.Choose(50, ManyHeaders)))
        from chosen in Gen.Elements(kinds).ArrayOf(count)
        from unknown in FieldKinds.Unknown.ArrayOf(count / 3)
        from fields in Gen.CollectToArray(chosen.Where((kind, index) => kind.IsList || Array.IndexOf(chosen, kind) == index), kind => kind.Field)
        select (DraftField[])[.. fields, .. unknown];

    private static Gen<MessageDraft> Finish(string startLine, DraftField[] fields, DraftBody body) =>
        from type in FieldKinds.ContentType.FieldWith(Gen.Constant(body.ContentType))
        from length in FieldKinds.ContentLength.FieldWith(Gen.Constant(Words.Plain(body.Octets.Length)))
        let all = body == DraftBody.None ? [.. fields, length] : fields.Append(type).Append(length).ToArray()
        from order in Gen.Frequency((1, Gen.Constant(all)), (1, Gen.Shuffle(all)))
        select new MessageDraft(startLine, [.. order], body.Octets);
}
