using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>
/// Simpler messages, the most daring first: without body, without half of the headers, without one, then with a simpler start
/// line, value or spelling. Each is a message of the same kind with everything its method needs.
/// </summary>
internal static class DraftShrinker
{
    private const string ContentType = "Content-Type";

    public static IEnumerable<T> Shrink<T>(T message) where T : SipMessage =>
        Candidates(MessageDraft.Of(message)).Select(draft => draft.TryMake()).OfType<T>();

    public static IEnumerable<MessageDraft> Candidates(MessageDraft draft) =>
        WithLessBody(draft).Concat(WithFewerFields(draft)).Concat(WithSimplerStart(draft)).Concat(WithSimplerFields(draft));

    private static IEnumerable<MessageDraft> WithLessBody(MessageDraft draft)
    {
        if (draft.Body.Length == 0 && draft.Has(ContentType))
            yield return draft.Without(ContentType);
        if (draft.Body.Length == 0)
            yield break;
        yield return draft.Without(ContentType).WithBody("");
        foreach (var body in BodyShrinker.Shrink(draft.ValueOf(ContentType) ?? "", draft.Body))
            yield return draft.WithBody(body);
    }

    private static IEnumerable<MessageDraft> WithFewerFields(MessageDraft draft)
    {
        var spare = Spare(draft);
        for (var size = spare.Count; size > 0; size /= 2)
            for (var start = 0; start < spare.Count; start += size)
            {
                var dropped = spare.Skip(start).Take(size).ToHashSet();
                yield return draft with { Fields = [.. draft.Fields.Where((_, index) => !dropped.Contains(index))] };
            }
    }

    // Of what a message needs the first field stays.
    private static List<int> Spare(MessageDraft draft)
    {
        var (spare, kept) = (new List<int>(), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        for (var i = 0; i < draft.Fields.Length; i++)
            if (!MandatoryFields.Need(draft.Method, draft.Fields[i].LongName) || !kept.Add(draft.Fields[i].LongName))
                spare.Add(i);
        return spare;
    }

    private static IEnumerable<MessageDraft> WithSimplerStart(MessageDraft draft)
    {
        var parts = draft.StartLine.Split(' ', 3);
        if (parts.Length < 3)
            return [];
        if (draft.Method.Length == 0)
            return SimplerStatuses(parts).Select(line => draft with { StartLine = line });
        return SimplerRequestLines(parts).Select(line => draft with { StartLine = line });
    }

    private static IEnumerable<string> SimplerRequestLines(string[] parts)
    {
        if (parts[2] == "sip/2.0")
            yield return $"{parts[0]} {parts[1]} SIP/2.0";
        if (!SipUri.TryParse(Octets.ToText(parts[1]), out var uri))
            yield break;
        foreach (var simpler in UriShrinker.Shrink(uri))
            yield return $"{parts[0]} {Octets.OfText(simpler.ToString())} {parts[2]}";
    }

    private static IEnumerable<string> SimplerStatuses(string[] parts)
    {
        var plain = $"{parts[1][0]}00";
        if (parts[1] != plain)
            yield return $"{parts[0]} {plain} {parts[2]}";
        if (parts[2].Length > 0 && int.TryParse(parts[1], out var status) && parts[2] != SipStatus.ReasonPhrase(status))
            yield return $"{parts[0]} {parts[1]} {SipStatus.ReasonPhrase(status)}";
    }

    private static IEnumerable<MessageDraft> WithSimplerFields(MessageDraft draft)
    {
        for (var i = 0; i < draft.Fields.Length; i++)
            foreach (var simpler in SimplerFields(draft.Fields[i], draft))
                yield return draft with { Fields = draft.Fields.SetItem(i, simpler) };
    }

    private static IEnumerable<DraftField> SimplerFields(DraftField field, MessageDraft draft)
    {
        if (field.Name != field.LongName)
            yield return field with { Name = field.LongName };
        if (field.Separator != ": ")
            yield return field with { Separator = ": " };
        if (field.Is("Content-Length"))
            yield break;
        foreach (var value in ValueShrinker.Shrink(field.LongName, field.Value, draft.Method))
            yield return field with { Value = value };
    }
}
