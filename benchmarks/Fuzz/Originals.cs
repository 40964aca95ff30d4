using System.IO.Compression;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Testing.Generators;

namespace Rx.Sip.Benchmarks.Fuzz;

/// <summary>The messages that mutants are made of: generated ones, and those of the corpus and of our own tests where they are beside us.</summary>
internal static class Originals
{
    private const int Generated = 1500;
    private const int Longest = 16 * 1024;

    public static IReadOnlyList<ReadOnlyMemory<byte>> All(int seed, string corpus) =>
        [.. FromGenerators(seed).Concat(FromTests()).Concat(FromCorpus(corpus)).Where(octets => octets.Length is > 0 and <= Longest)];

    private static IEnumerable<ReadOnlyMemory<byte>> FromGenerators(int seed)
    {
        var seeds = new Random(seed);
        for (var i = 0; i < Generated; i++)
        {
            var random = new Rnd((ulong)seeds.NextInt64(), (ulong)seeds.NextInt64() | 1);
            yield return i % 4 == 0
                ? SipArbitraries.AlmostValid.Generator.Sample(50, random, 1).First().Bytes
                : SipArbitraries.Message.Generator.Sample(50, random, 1).First().Bytes;
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> FromTests()
    {
        var folder = Path.Combine("Rx.Sip.Tests", "Messages");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.dat", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file)) : [];
    }

    private static IEnumerable<ReadOnlyMemory<byte>> FromCorpus(string corpus)
    {
        var folder = Path.Combine(corpus, "messages");
        if (!Directory.Exists(folder))
            return [];
        return Directory.EnumerateFiles(folder, "*.jsonl*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(Lines).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            return (ReadOnlyMemory<byte>)json.RootElement.GetProperty("b64").GetBytesFromBase64();
        });
    }

    private static IEnumerable<string> Lines(string file)
    {
        using Stream source = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : File.OpenRead(file);
        using var reader = new StreamReader(source);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0)
                yield return line;
    }
}
