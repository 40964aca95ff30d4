using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Rx.Sip.Messages;
using Rx.Sip.Tests.Architecture;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>Thousands of messages of other implementations, and those of the RFCs.</summary>
public class CorpusMessagesTests
{
    private static readonly SipLimits Generous = new() { MaxHeaderOctets = 1024 * 1024, MaxParameters = int.MaxValue };

    public static TheoryData<string> MessageFiles => Files("messages", "*.jsonl*", SearchOption.AllDirectories);

    public static TheoryData<string> FlowFiles => Files("flows", "*.json", SearchOption.TopDirectoryOnly);

    [CorpusFact]
    public void There_are_as_many_as_are_said() =>
        Assert.Equal(5657, MessageFiles.Sum(file => Lines(Corpus.Path(file.Data)).Count()));

    [CorpusTheory]
    [MemberData(nameof(MessageFiles))]
    public void Messages_of_others_are_read_as_others_read_them_but_for_the_differences_listed(string file)
    {
        var findings = new List<string>();
        foreach (var line in Lines(Corpus.Path(file)))
        {
            using var entry = JsonDocument.Parse(line);
            var id = entry.RootElement.GetProperty("id").GetString()!;
            var octets = entry.RootElement.GetProperty("b64").GetBytesFromBase64();
            var result = SipParser.Parse(octets, Generous);
            Stream.Read([octets]);
            if (result.Match(message => message, error => error.Readable) is { } read)
                Everything.Of(read);
            if (Finding(result, entry.RootElement) is { } finding && KnownDifferences.Of(id) != finding)
                findings.Add($"{id}: {finding}");
        }
        Findings.AreNone(findings);
    }

    [CorpusTheory]
    [MemberData(nameof(MessageFiles))]
    public void Messages_of_others_stay_what_they_are_octet_by_octet_and_in_canonical_form(string file)
    {
        foreach (var line in Lines(Corpus.Path(file)))
        {
            using var entry = JsonDocument.Parse(line);
            RoundTrip.Holds(entry.RootElement.GetProperty("b64").GetBytesFromBase64(), Generous);
        }
    }

    [CorpusFact]
    public void The_rfcs_hold_as_many_examples_as_are_said() => Assert.Equal(1461, FlowFiles.Where(file => !file.Data.EndsWith("ms-sip.json", StringComparison.Ordinal)).Sum(file => FlowMessages(file.Data).Count));

    [CorpusTheory]
    [MemberData(nameof(FlowFiles))]
    public void Examples_of_the_rfcs_parse_and_pass_the_check_when_they_are_in_order(string file)
    {
        foreach (var message in FlowMessages(file))
        {
            var octets = Encoding.UTF8.GetBytes(message.GetProperty("text").GetString()!);
            var result = SipParser.Parse(octets);
            RoundTrip.Holds(octets, SipLimits.Default);
            if (result.Match(read => read, error => error.Readable) is { } readable)
                Everything.Of(readable);
            if (message.GetProperty("lint").GetString() == "ok")
                Assert.True(Verdict(result) is null, $"{message.GetProperty("startLine")} ({message.GetProperty("n")}): {Verdict(result)}");
        }
    }

    private static List<JsonElement> FlowMessages(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Corpus.Path(file)));
        return [.. document.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.Clone())];
    }

    private static string? Finding(SipParseResult result, JsonElement entry)
    {
        if (entry.GetProperty("lint").GetString() == "ok" && Verdict(result) is { } verdict)
            return verdict;
        if (result is not SipParseResult.Parsed { Message: var message })
            return null;
        var expected = entry.GetProperty("ref");
        if (message.Headers.Count != expected.GetProperty("headerFields").GetInt32())
            return $"{message.Headers.Count} header fields instead of {expected.GetProperty("headerFields").GetInt32()}";
        var names = message.Headers.GroupBy(header => header.Name.ToLowerInvariant()).ToDictionary(group => group.Key, group => group.Count());
        foreach (var name in expected.GetProperty("names").EnumerateObject())
            if (names.GetValueOrDefault(name.Name) != name.Value.GetInt32())
                return $"{names.GetValueOrDefault(name.Name)} of {name.Name} instead of {name.Value}";
        return null;
    }

    private static string? Verdict(SipParseResult result) => result.Match(
        message => message is SipRequest request
            ? MessageCheck.Of(request)?.ToString()
            : MessageCheck.IsUsable((SipResponse)message) ? null : "not usable",
        error => error.ToString());

    private static IEnumerable<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static TheoryData<string> Files(string folder, string pattern, SearchOption option) =>
        Corpus.WhatIsMissing is null
            ? [.. Directory.EnumerateFiles(Corpus.Path(folder), pattern, option).Where(file => !file.EndsWith("index.json", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Corpus.Root, file)).Order(StringComparer.Ordinal)]
            : ["(none)"];
}
