namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>
/// Simpler values of a header: the plainest one of its kind first, then without folds, with fewer elements, parameters and letters.
/// A value that is the plainest already has none.
/// </summary>
internal static class ValueShrinker
{
    public static IEnumerable<string> Shrink(string longName, string value, string method)
    {
        var plainest = Plainest(longName, value, method);
        if (value == plainest)
            return [];
        var shorter = Shorter(longName, value, plainest is not null).Where(text => text.Length < value.Length && text.Length > 0);
        return plainest is null ? shorter : shorter.Prepend(plainest);
    }

    // What a message needs gets a value that means the same kind of thing; null where nothing can be said about the kind.
    private static string? Plainest(string longName, string value, string method) => longName.ToUpperInvariant() switch
    {
        "VIA" => "SIP/2.0/UDP a.test;branch=z9hG4bK1",
        "FROM" => "<sip:a@a.test>;tag=1",
        "TO" => value.Contains("tag=", StringComparison.OrdinalIgnoreCase) ? "<sip:b@b.test>;tag=2" : "<sip:b@b.test>",
        "CALL-ID" => "1",
        "CSEQ" => $"1 {(method.Length > 0 ? method : value.Split(' ', '\t')[^1])}",
        "MAX-FORWARDS" => "70",
        "CONTACT" => "<sip:a@a.test>",
        "ROUTE" or "RECORD-ROUTE" or "PATH" or "SERVICE-ROUTE" => "<sip:p.test;lr>",
        "REFER-TO" or "REFERRED-BY" or "REPLY-TO" or "P-ASSERTED-IDENTITY" or "P-PREFERRED-IDENTITY" or "HISTORY-INFO" => "<sip:c@c.test>",
        "EVENT" => "presence",
        "SUBSCRIPTION-STATE" => "active",
        "RACK" => "1 1 INVITE",
        _ => null,
    };

    private static IEnumerable<string> Shorter(string longName, string value, bool hasPlainest)
    {
        if (IsFolded(value))
            return [new DraftField("", value).Unfolded];
        // A multipart body is nothing without its boundary.
        if (Octets.Same(longName, "Content-Type"))
            return [];
        if (FieldKinds.Find(longName) is { Fold: not Fold.AtSpaces })
            return FewerParts(value);
        return hasPlainest ? [] : FewerWords(value);
    }

    private static IEnumerable<string> FewerWords(string value)
    {
        var words = value.Split(' ');
        for (var i = 0; words.Length > 1 && i < words.Length; i++)
            yield return string.Join(' ', words.Where((_, index) => index != i)).Trim();
    }

    private static IEnumerable<string> FewerParts(string value)
    {
        var elements = Structure.Elements(value);
        if (elements.Count > 1)
        {
            yield return elements[0];
            for (var i = 0; i < elements.Count; i++)
                yield return string.Join(", ", elements.Where((_, index) => index != i));
        }
        var parameters = Structure.Parameters(value);
        for (var i = 1; elements.Count == 1 && i < parameters.Count; i++)
            yield return string.Join(';', parameters.Where((_, index) => index != i));
        if (elements.Count == 1 && Structure.IndexOfBracket(value) is > 0 and var opening)
            yield return value[opening..];
    }

    private static bool IsFolded(string value) => value.AsSpan().ContainsAny('\r', '\n');
}
