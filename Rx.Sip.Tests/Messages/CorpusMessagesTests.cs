using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rx.Sip.Messages;
using Rx.Sip.Tests.Architecture;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>Thousands of messages of other implementations, and those of the RFCs.</summary>
public partial class CorpusMessagesTests
{
    private static readonly SipLimits Generous = new() { MaxHeaderOctets = 1024 * 1024 };

    public static TheoryData<string> MessageFiles => Files("messages", "*.jsonl*", SearchOption.AllDirectories);

    public static TheoryData<string> FlowFiles => Files("flows", "*.json", SearchOption.TopDirectoryOnly);

    [CorpusTheory]
    [MemberData(nameof(MessageFiles))]
    public void Messages_of_others_parse_without_an_exception_and_those_in_order_are_accepted(string file)
    {
        var findings = new List<string>();
        foreach (var line in Lines(Corpus.Path(file)))
        {
            using var entry = JsonDocument.Parse(line);
            var octets = entry.RootElement.GetProperty("b64").GetBytesFromBase64();
            var result = SipParser.Parse(octets, Generous);
            Stream.Read([octets]);
            if (result.Match(message => message, error => error.Readable) is { } read)
                Everything.Of(read);
            if (entry.RootElement.GetProperty("lint").GetString() == "ok" && Finding(result, entry.RootElement) is { } finding)
                findings.Add($"{entry.RootElement.GetProperty("id")}: {finding}");
        }
        Findings.AreNone(findings);
    }

    [CorpusTheory]
    [MemberData(nameof(FlowFiles))]
    public void Examples_of_the_rfcs_parse_and_pass_the_check_when_they_are_in_order(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Corpus.Path(file)));
        foreach (var message in document.RootElement.GetProperty("messages").EnumerateArray())
        {
            var octets = Encoding.UTF8.GetBytes(message.GetProperty("text").GetString()!);
            var result = SipParser.Parse(octets);
            if (result.Match(read => read, error => error.Readable) is { } readable)
                Everything.Of(readable);
            if (message.GetProperty("lint").GetString() == "ok")
                Assert.True(Verdict(result) is null, $"{message.GetProperty("startLine")} ({message.GetProperty("n")}): {Verdict(result)}");
        }
    }

    private static string? Finding(SipParseResult result, JsonElement entry)
    {
        if (Verdict(result) is { } verdict)
            return result is SipParseResult.Parsed parsed && ImpossiblePort().IsMatch(parsed.Message.Headers.Get("Via")!) ? null : verdict;
        var (message, expected) = (((SipParseResult.Parsed)result).Message, entry.GetProperty("ref"));
        if (message.Headers.Count != expected.GetProperty("headerFields").GetInt32())
            return $"{message.Headers.Count} header fields";
        var names = message.Headers.GroupBy(header => header.Name.ToLowerInvariant()).ToDictionary(group => group.Key, group => group.Count());
        foreach (var name in expected.GetProperty("names").EnumerateObject())
            if (names.GetValueOrDefault(name.Name) != name.Value.GetInt32())
                return $"{names.GetValueOrDefault(name.Name)} of {name.Name}";
        return null;
    }

    // A scheme that we don't serve is no defect of the message.
    private static string? Verdict(SipParseResult result) => result.Match(
        message => message is SipRequest request
            ? MessageCheck.Of(request) is { Status: not 416 } verdict ? verdict.ToString() : null
            : MessageCheck.IsUsable((SipResponse)message) ? null : "not usable",
        error => error.ToString());

    private static IEnumerable<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    // The grammar knows no largest port; the network does.
    [GeneratedRegex(@":\s*0*([7-9]\d{4}|6[6-9]\d{3}|65[6-9]\d\d|655[4-9]\d|6553[6-9]|[1-9]\d{5,})\b")]
    private static partial Regex ImpossiblePort();

    private static TheoryData<string> Files(string folder, string pattern, SearchOption option) =>
        Corpus.WhatIsMissing is null
            ? [.. Directory.EnumerateFiles(Corpus.Path(folder), pattern, option).Where(file => !file.EndsWith("index.json", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Corpus.Root, file)).Order(StringComparer.Ordinal)]
            : ["(none)"];
}
