using System.Text.RegularExpressions;
using Xunit;

namespace Rx.Sip.Tests.Architecture;

public partial class SourceTests
{
    private const int MaximumLines = 300;

    private static IEnumerable<SourceFile> Shipped => SourceFile.Of("Rx.Sip").Concat(SourceFile.Of("Rx.Sip.Testing"));

    private static IEnumerable<SourceFile> All =>
        Shipped
            .Concat(SourceFile.Of("Rx.Sip.Tests"))
            .Concat(SourceFile.Of("examples"))
            .Concat(SourceFile.Of("examples", "fs"))
            .Concat(SourceFile.Of("benchmarks"));

    [Fact]
    public void A_namespace_is_its_folder() =>
        Findings.AreNone(from file in Shipped.Concat(SourceFile.Of("Rx.Sip.Tests"))
                         let expected = file.Folder.Length == 0 ? file.Project : $"{file.Project}.{file.Folder}"
                         from Match match in Namespace().Matches(file.Code)
                         where match.Groups[1].Value != expected
                         select $"{file} declares {match.Groups[1].Value}");

    [Fact]
    public void A_file_holds_one_type_and_bears_its_name() =>
        Findings.AreNone(from file in Shipped
                         let types = TypesIn(file)
                         let name = Path.GetFileName(file.Path).Split('.')[0]
                         where types.Count > 1 || (types.Count == 1 && types[0] != name)
                         select $"{file} holds {string.Join(", ", types)}");

    [Fact]
    public void No_file_is_too_long_to_be_read() =>
        Findings.AreNone(All.Where(file => file.Lines > MaximumLines).Select(file => $"{file} has {file.Lines} lines"));

    [Fact]
    public void Nothing_is_left_unfinished_or_swept_under_a_rug() =>
        Findings.AreNone(Shipped.Where(file => Rug().IsMatch(file.Code)).Select(file => file.ToString()));

    [Fact]
    public void Types_of_a_file_are_counted()
    {
        const string text = """
            namespace Rx.Sip;
            /// <summary>class Comment</summary>
            public sealed record A(int X)
            {
                private sealed class Nested;
            }
            internal readonly record struct B<T>(T X);
            public delegate void C(int x);
            [Flags] public enum D { None }
            """;

        Assert.Equal(["A", "B", "C", "D"], TypesIn(new SourceFile("Rx.Sip", "A.cs", text)));
    }

    private static List<string> TypesIn(SourceFile file) =>
        [.. TopLevelType().Matches(file.Code).Select(match => match.Groups["name"].Value).Distinct()];

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    // File-scoped namespaces are the rule, so what starts in the first column is top level.
    [GeneratedRegex(@"^(\[[^\n]*\]\s*)?((public|internal|sealed|abstract|static|readonly|partial|ref|unsafe)\s+)*((class|struct|interface|enum|record(\s+(class|struct))?)\s+(?<name>\w+)|delegate\s+[^(]*?(?<name>\w+)\s*(<[^(]*>)?\()", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"#region|#pragma\s+warning\s+disable|\bNotImplementedException\b|\bSuppressMessage\b")]
    private static partial Regex Rug();
}
