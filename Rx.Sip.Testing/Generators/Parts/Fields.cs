using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;

namespace Rx.Sip.Testing.Generators.Parts;

/// <summary>Header fields by themselves, without folds. Content-Length is not among them: it follows the body.</summary>
internal static class Fields
{
    public static Gen<SipHeader> Any { get; } = Gen.Frequency(
        (8, from kind in Gen.Elements(FieldKinds.All.Where(kind => kind != FieldKinds.CSeq && kind != FieldKinds.ContentLength).ToArray())
            from name in Gen.Elements(kind.Name, kind.Compact ?? kind.Name)
            from value in kind.PlainValue
            select new SipHeader(name, value)),
        (1, CoreValues.Method.SelectMany(method => CoreValues.Sequence, (method, number) => new SipHeader("CSeq", $"{number} {method}"))),
        (1, FieldKinds.Unknown.Select(field => new SipHeader(field.Name, Octets.ToText(field.Unfolded)))));

    public static IEnumerable<SipHeader> Shrink(SipHeader header)
    {
        var longName = FieldKinds.LongName(header.Name);
        if (longName != header.Name)
            yield return header with { Name = longName };
        foreach (var value in ValueShrinker.Shrink(longName, header.Value, ""))
            yield return header with { Value = value };
    }
}
