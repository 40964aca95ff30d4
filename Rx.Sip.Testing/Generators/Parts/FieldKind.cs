using FsCheck;
using FsCheck.Fluent;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>A header and what its fields may look like.</summary>
/// <param name="Name">The long name.</param>
/// <param name="Compact">The compact form (RFC 3261 §7.3.3); null when there is none.</param>
/// <param name="Value">Values, or elements of a list.</param>
/// <param name="Fold">Where a value may be folded.</param>
/// <param name="IsList">Whether the header is a comma list: several elements in a field, several fields in a message.</param>
internal sealed record FieldKind(string Name, string? Compact, Gen<string> Value, Fold Fold, bool IsList)
{
    private const int FoldShare = 15;

    public static FieldKind One(string name, string? compact, Gen<string> value) => new(name, compact, value, Fold.BehindSeparators, IsList: false);

    public static FieldKind Text(string name, string? compact, Gen<string> value) => new(name, compact, value, Fold.AtSpaces, IsList: false);

    public static FieldKind Strict(string name, string? compact, Gen<string> value) => new(name, compact, value, Fold.Nowhere, IsList: false);

    public static FieldKind List(string name, string? compact, Gen<string> value) => new(name, compact, value, Fold.BehindSeparators, IsList: true);

    /// <summary>A field of this kind.</summary>
    public Gen<DraftField> Field => FieldWith(IsList ? Elements : Value);

    /// <summary>A field with one of these values, written in any way the grammar allows.</summary>
    public Gen<DraftField> FieldWith(Gen<string> values) =>
        from value in values
        from name in Spelling
        from separator in Separator(value)
        from folds in Gen.Frequency((100 - FoldShare, Gen.Constant(0)), (FoldShare, Gen.Choose(1, 3)))
        select new DraftField(name, separator, Octets.OfText(Folded(value, folds)));

    /// <summary>Values without folds: what a caller puts in.</summary>
    public Gen<string> PlainValue => IsList ? Elements : Value;

    private Gen<string> Elements =>
        from separator in Gen.Elements(", ", ",", " , ")
        from list in Gen.Frequency((6, Words.Join(separator, Value, 1, 1)), (3, Words.Join(separator, Value, 2, 4)), (1, Words.Join(separator, Value, 5, 12)))
        select list;

    private Gen<string> Spelling => Gen.Frequency(
        (6, Gen.Constant(Name)),
        (Compact is null ? 0 : 3, Gen.Elements(Compact ?? Name, Compact?.ToUpperInvariant() ?? Name)),
        (1, Gen.Elements(Name.ToUpperInvariant(), Name.ToLowerInvariant())));

    private static Gen<string> Separator(string value) =>
        value.Length == 0
            ? Gen.Elements(": ", ":", " :")
            : Gen.Frequency((20, Gen.Constant(": ")), (2, Gen.Constant(":")), (1, Gen.Elements(" : ", ":\t", " \t:  ", ":\r\n ", ":\r\n\t  ")));

    private string Folded(string value, int count)
    {
        var (folded, from) = (value, 0);
        while (count-- > 0 && Fold != Fold.Nowhere && NextFold(folded, from) is > 0 and var at)
        {
            var rest = folded[at..].TrimStart(' ');
            folded = $"{folded[..at].TrimEnd(' ')}\r\n {rest}";
            from = at + 3;
        }
        return folded;
    }

    // Where the next line would begin; -1 when nothing would stand in it.
    private int NextFold(string value, int from)
    {
        var at = Fold == Fold.AtSpaces ? value.IndexOf(' ', Math.Min(from + 1, value.Length)) : Structure.IndexOfSeparator(value, from) + 1;
        return at > 0 && at < value.Length && value[at..].Trim(' ').Length > 0 ? at : -1;
    }
}
