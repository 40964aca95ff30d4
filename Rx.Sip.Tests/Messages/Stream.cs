using System.Text;
using Rx.Sip.Messages;

namespace Rx.Sip.Tests.Messages;

/// <summary>What a framer makes of a stream that comes in chunks, as texts to compare.</summary>
internal static class Stream
{
    public static List<string> Read(IEnumerable<byte[]> chunks, SipLimits? limits = null) => Read(new StreamFramer(limits ?? SipLimits.Default), chunks);

    public static List<string> Read(StreamFramer framer, IEnumerable<byte[]> chunks)
    {
        var items = new List<string>();
        foreach (var chunk in chunks)
        {
            ReadOnlySpan<byte> rest = chunk;
            while (framer.Next(ref rest, out var message, out var error) is not StreamItem.None and var item)
                items.Add(Show(item, message, error));
        }
        return items;
    }

    public static List<string> Read(string text, SipLimits? limits = null) => Read([Encoding.UTF8.GetBytes(text)], limits);

    /// <summary>The octets in pieces of that many, the last one as it comes.</summary>
    public static IEnumerable<byte[]> InPieces(byte[] octets, int length) => octets.Chunk(length);

    private static string Show(StreamItem item, SipMessage? message, SipParseError? error) => item switch
    {
        StreamItem.Message => message!.ToWireString(),
        StreamItem.Malformed or StreamItem.Broken => $"{item} {error!.Reason} {error.Offset} {error.Readable}",
        _ => item.ToString(),
    };
}
