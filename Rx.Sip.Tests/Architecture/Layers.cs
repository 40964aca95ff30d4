using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Rx.Sip.Tests.Architecture;

/// <summary>Who may use whom inside Rx.Sip: the table of the design, and a reader of sources that finds who does not keep to it.</summary>
internal static partial class Layers
{
    public const string Root = "";

    private static readonly string[] Base = ["Messages", "Runtime", "Diagnostics", "Transactions"];

    public static readonly FrozenDictionary<string, string[]> Allowed = new Dictionary<string, string[]>
    {
        ["Messages"] = [],
        ["Runtime"] = [],
        ["Diagnostics"] = ["Messages"],
        ["Transports"] = ["Messages", "Runtime", "Diagnostics"],
        ["Transactions"] = ["Messages", "Runtime", "Diagnostics", "Transports"],
        ["Authentication"] = ["Messages", "Runtime", "Transactions"],
        ["Dialogs"] = Base,
        ["Recovery"] = ["Runtime"],
        ["Registration"] = Base,
        ["InstantMessaging"] = Base,
        ["Subscriptions"] = [.. Base, "Dialogs", "Recovery"],
        ["Sessions"] = [.. Base, "Dialogs"],
        ["Presence"] = [.. Base, "Subscriptions"],
        ["Contacts"] = [.. Base, "Subscriptions"],
    }.ToFrozenDictionary();

    /// <summary>What the files do against the table. <paramref name="rootTypes"/> are the names of the types in the root folder.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> files, IReadOnlyCollection<string> rootTypes)
    {
        foreach (var file in files)
        {
            var layer = file.Folder.Split('.')[0];
            if (layer == Root)
                continue;
            if (!Allowed.TryGetValue(layer, out var allowed))
            {
                yield return $"{file}: the folder {layer} is not in the table of layers";
                continue;
            }

            foreach (var used in LayersUsedBy(file).Where(used => used != layer && !allowed.Contains(used)))
                yield return $"{file}: {layer} must not use {used}";
            foreach (var used in UnqualifiedName().Matches(file.Code).Select(match => match.Value).Where(rootTypes.Contains).Distinct())
                yield return $"{file}: {layer} must not use {used} of the root";
        }
    }

    // Inside namespace Rx.Sip.X a sibling can be named without its prefix: Transports.Flow.
    private static IEnumerable<string> LayersUsedBy(SourceFile file) =>
        QualifiedName().Matches(file.Code)
            .Select(match => match.Groups["layer"].Value)
            .Where(Allowed.ContainsKey)
            .Distinct();

    [GeneratedRegex(@"(?<![\w.])(global::)?(Rx\s*\.\s*Sip\s*\.\s*(?<layer>[A-Z]\w*)|(?<layer>[A-Z]\w*)(?=\s*\.\s*[A-Z]))\b")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*\b")]
    private static partial Regex UnqualifiedName();
}
