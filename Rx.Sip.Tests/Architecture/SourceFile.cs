using System.Text.RegularExpressions;

namespace Rx.Sip.Tests.Architecture;

/// <summary>A source file of a project, with its path relative to the project's folder.</summary>
internal sealed partial record SourceFile(string Project, string Path, string Text)
{
    /// <summary>The text without comments and literals, which may name what they like.</summary>
    public string Code { get; } = CommentOrLiteral().Replace(Text, match => match.Value.StartsWith('/') ? " " : "\"\"");

    public int Lines => Text.TrimEnd('\n').Count(character => character == '\n') + 1;

    /// <summary>The folder, with dots between its parts; empty for the project's root.</summary>
    public string Folder => (System.IO.Path.GetDirectoryName(Path) ?? "").Replace(System.IO.Path.DirectorySeparatorChar, '.');

    public static IEnumerable<SourceFile> Of(string project, string extension = "cs")
    {
        var root = Repository.Path(project);
        return from file in Directory.EnumerateFiles(root, $"*.{extension}", SearchOption.AllDirectories)
               let path = System.IO.Path.GetRelativePath(root, file)
               let parts = path.Split(System.IO.Path.DirectorySeparatorChar)
               where !parts.Contains("obj") && !parts.Contains("bin")
               orderby path
               select new SourceFile(project, path, File.ReadAllText(file));
    }

    public override string ToString() => $"{Project}/{Path}";

    [GeneratedRegex("""//[^\n]*|/\*[\s\S]*?\*/|\$*\"{3}[\s\S]*?\"{3}|(\$@|@\$|@)"([^"]|"")*"|\$?"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])+'""")]
    private static partial Regex CommentOrLiteral();
}
