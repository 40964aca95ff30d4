using System.Text.RegularExpressions;
using Xunit;

namespace Rx.Sip.Tests.Architecture;

public partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("Rx.Sip/Transports/README.md")]
    public void Code_in_the_readme_stands_in_an_example_that_is_compiled(string readme)
    {
        var programs = Directory.EnumerateFiles(Path.Combine(Repository.Root, "examples"), "*.*s", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".fs", StringComparison.Ordinal))
            .Select(file => Lines(File.ReadAllText(file)))
            .ToList();
        var blocks = CodeBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, readme)))
            .Select(match => Lines(match.Groups["code"].Value))
            .ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.True(programs.Any(program => Contains(program, block)), string.Join('\n', block)));
    }

    // Indentation and empty lines are the paper's.
    private static List<string> Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static bool Contains(List<string> program, List<string> block) =>
        Enumerable.Range(0, Math.Max(0, program.Count - block.Count + 1)).Any(start => program.Skip(start).Take(block.Count).SequenceEqual(block));

    [GeneratedRegex("```(csharp|fsharp)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
