using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rx.Sip.Messages;
using Rx.Sip.Messages.Headers;
using Xunit;

namespace Rx.Sip.Tests.Messages.Headers;

/// <summary>Every typed header of thousands of messages of other implementations and of the RFCs.</summary>
public class CorpusHeadersTests(ITestOutputHelper output)
{
    private static readonly SipLimits Generous = new() { MaxHeaderOctets = 1024 * 1024 };

    // What is not read though an independent check calls the message in order, looked at one by one: header, the beginning of its
    // text's SHA-256 (the messages of others are not ours to copy), why it is not read.
    private static readonly string ListPath = Repository.Path("Rx.Sip.Tests", "Messages", "Headers", "unreadable.tsv");

    [CorpusFact]
    public void Every_typed_header_of_every_message_is_read_but_those_that_are_listed()
    {
        var (tally, unreadable) = (new SortedDictionary<string, (int Readable, int Unreadable)>(StringComparer.Ordinal), new SortedDictionary<string, string>(StringComparer.Ordinal));
        foreach (var (message, isInOrder) in Messages())
            foreach (var (name, probe) in FieldProbe.All)
            {
                var reading = message.ReadingOf(probe.Field);
                Assert.True(reading != HeaderReading.Missing || probe.Get(message).Count == 0);
                if (reading == HeaderReading.Missing)
                    continue;
                Reread(probe, message);
                var (readable, not) = tally.GetValueOrDefault(name);
                tally[name] = reading == HeaderReading.Readable ? (readable + 1, not) : (readable, not + 1);
                if (reading == HeaderReading.Unreadable && isInOrder)
                    unreadable[Key(name, message)] = string.Join(" | ", message.Headers.GetAll(name));
            }

        foreach (var (name, (readable, not)) in tally)
            output.WriteLine($"{name,-28}{readable,6} readable{not,6} not");
        var listed = File.ReadLines(ListPath).Select(line => line[..line.LastIndexOf('\t')]).ToList();
        foreach (var (key, text) in unreadable.Where(entry => !listed.Contains(entry.Key)))
            output.WriteLine($"not listed: {key}\t{text}");
        Assert.Equal(listed.Order(StringComparer.Ordinal), unreadable.Keys);
    }

    private static string Key(string name, SipMessage message)
    {
        var text = string.Join('\n', message.Headers.GetAll(name));
        return $"{name}\t{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}";
    }

    // What was read can be written, and is the same then.
    private static void Reread(FieldProbe probe, SipMessage message)
    {
        foreach (var value in probe.Get(message))
            Assert.Equal([value], probe.Parse(probe.Write([value])));
    }

    private static IEnumerable<(SipMessage Message, bool IsInOrder)> Messages()
    {
        foreach (var file in Directory.EnumerateFiles(Corpus.Path("messages"), "*.jsonl*", SearchOption.AllDirectories))
            foreach (var line in Lines(file))
            {
                using var entry = JsonDocument.Parse(line);
                if (Read(entry.RootElement.GetProperty("b64").GetBytesFromBase64()) is { } message)
                    yield return (message, entry.RootElement.GetProperty("lint").GetString() == "ok");
            }
        foreach (var file in Directory.EnumerateFiles(Corpus.Path("flows"), "*.json").Where(file => !file.EndsWith("index.json", StringComparison.Ordinal)))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var entry in document.RootElement.GetProperty("messages").EnumerateArray())
                if (Read(Encoding.UTF8.GetBytes(entry.GetProperty("text").GetString()!)) is { } message)
                    yield return (message, entry.GetProperty("lint").GetString() == "ok");
        }
    }

    private static SipMessage? Read(byte[] octets) => SipParser.Parse(octets, Generous).Match(message => message, error => error.Readable);

    private static IEnumerable<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
