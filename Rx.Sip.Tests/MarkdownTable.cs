namespace Rx.Sip.Tests;

/// <summary>The tables of a document, for tests that hold the library to what it says.</summary>
internal static class MarkdownTable
{
    /// <summary>The rows of the table whose first column has that heading, cells trimmed.</summary>
    public static IReadOnlyList<string[]> Read(string path, string heading)
    {
        var rows = File.ReadLines(path)
            .SkipWhile(line => !line.StartsWith($"| {heading} |", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        return rows.Count > 0 ? rows : throw new InvalidDataException($"{path} has no table under '{heading}'.");
    }
}
