using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rx.Sip.Tests.Architecture;

/// <summary>The XML documentation beside the shipped assemblies.</summary>
internal sealed partial class Documentation
{
    private readonly Dictionary<string, XElement> _members;

    public Documentation(IEnumerable<Assembly> assemblies) =>
        _members = assemblies
            .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
            .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>Says the member's documentation, or the one it inherits, whether the stream is hot or cold?</summary>
    public bool SaysHotOrCold(MemberInfo member) => HotOrCold().IsMatch(TextOf(member));

    private string TextOf(MemberInfo member)
    {
        if (!_members.TryGetValue(DocumentationId.Of(member), out var text))
            return "";
        var inherited = from inherit in text.Elements("inheritdoc")
                        let target = inherit.Attribute("cref")?.Value
                        select target is not null ? _members.GetValueOrDefault(target)?.Value : BaseOf(member) is { } @base ? TextOf(@base) : "";
        return text.Value + string.Concat(inherited);
    }

    private static MemberInfo? BaseOf(MemberInfo member)
    {
        var parents = new[] { member.DeclaringType!.BaseType }.Concat(member.DeclaringType.GetInterfaces()).Where(type => type is not null);
        return parents.SelectMany(type => type!.GetMember(member.Name)).FirstOrDefault(found => found.MemberType == member.MemberType);
    }

    [GeneratedRegex(@"\b(hot|cold)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HotOrCold();
}
