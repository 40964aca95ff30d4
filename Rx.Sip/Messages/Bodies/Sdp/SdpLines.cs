using System.Collections.Immutable;

namespace Rx.Sip.Messages.Bodies.Sdp;

/// <summary>Changes the lines of a section; a line that was not there goes where RFC 8866 §5 wants it.</summary>
internal static class SdpLines
{
    private const string SessionOrder = "vosiuepcbtrzka";
    private const string MediaOrder = "micbka";

    /// <summary>The lines with all of that type replaced by these values, in the place of the first.</summary>
    public static ImmutableArray<SdpLine> Set(ImmutableArray<SdpLine> lines, char type, IEnumerable<string> values)
    {
        var place = IndexOf(lines, type) is >= 0 and var first ? first : PlaceFor(lines, type);
        return lines.RemoveAll(line => line.Type == type).InsertRange(place, values.Select(value => new SdpLine(type, value)));
    }

    /// <summary>The lines with the first attribute of that name replaced and others of the name removed; appended when there was none.</summary>
    public static ImmutableArray<SdpLine> SetAttribute(ImmutableArray<SdpLine> lines, SdpAttribute attribute)
    {
        var line = Line(attribute);
        for (var i = 0; i < lines.Length; i++)
            if (IsAttribute(lines[i], attribute.Name))
                return [.. lines.Take(i), line, .. lines.Skip(i + 1).Where(other => !IsAttribute(other, attribute.Name))];
        return lines.Insert(PlaceFor(lines, 'a'), line);
    }

    public static ImmutableArray<SdpLine> AddAttribute(ImmutableArray<SdpLine> lines, SdpAttribute attribute) =>
        lines.Insert(PlaceFor(lines, 'a'), Line(attribute));

    public static ImmutableArray<SdpLine> RemoveAttribute(ImmutableArray<SdpLine> lines, string name) =>
        lines.RemoveAll(line => IsAttribute(line, name));

    public static ImmutableArray<SdpLine> SetDirection(ImmutableArray<SdpLine> lines, SdpDirection direction)
    {
        lines = lines.RemoveAll(line => line.Type == 'a' && SdpText.DirectionOf(line.Value) is not null);
        return AddAttribute(lines, new SdpAttribute(SdpText.NameOf(direction)));
    }

    public static bool IsAttribute(SdpLine line, string name) =>
        line.Type == 'a' && line.Value.StartsWith(name, StringComparison.Ordinal) && (line.Value.Length == name.Length || line.Value[name.Length] == ':');

    private static SdpLine Line(SdpAttribute attribute) => new('a', SdpText.Checked(attribute, SdpAttribute.Parse));

    private static int IndexOf(ImmutableArray<SdpLine> lines, char type)
    {
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].Type == type)
                return i;
        return -1;
    }

    // Behind the last line that belongs in front of it; lines of unknown types stay where they are.
    private static int PlaceFor(ImmutableArray<SdpLine> lines, char type)
    {
        var order = lines is [{ Type: 'm' }, ..] ? MediaOrder : SessionOrder;
        var rank = order.IndexOf(type, StringComparison.Ordinal);
        for (var i = lines.Length; i > 0; i--)
            if (order.IndexOf(lines[i - 1].Type, StringComparison.Ordinal) is >= 0 and var other && other <= rank)
                return i;
        return 0;
    }
}
