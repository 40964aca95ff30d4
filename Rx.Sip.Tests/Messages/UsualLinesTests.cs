using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

/// <summary>Lines are read in blocks as far as they are as usual; that may never show but in the time it takes.</summary>
public class UsualLinesTests
{
    [Fact]
    public void Lines_are_read_in_blocks_as_octet_by_octet() =>
        Prop.ForAll(Lines.ToArbitrary(), lines =>
        {
            var octets = Encoding.UTF8.GetBytes($"OPTIONS sip:bob@example.test SIP/2.0\r\n{string.Concat(lines)}Content-Length: 3\r\n\r\nabc");
            Assert.Equal(Read([octets]), Read(octets.Chunk(1)));
            Assert.Equal(Read([octets]), Read(octets.Chunk(40)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Theory]
    [InlineData("Subject: tea", 9)]
    [InlineData("sUBJECT: t\u00e4", 9)]
    [InlineData("s: tea", 3)]
    public void A_usual_line_is_taken(string line, int valueStart)
    {
        var (slots, length) = (new HeaderSlot[1], Encoding.UTF8.GetByteCount(line));

        Assert.Equal(length + 2, Take(line, slots, out var count));

        Assert.Equal(1, count);
        Assert.Equal(new HeaderSlot(HeaderId.Subject, false, (ushort)line.IndexOf(':', StringComparison.Ordinal), 0, valueStart, length - valueStart), slots[0]);
    }

    [Theory]
    [InlineData("Subject: tea\r\n and cake")]
    [InlineData("Subject : tea")]
    [InlineData("Subject:tea")]
    [InlineData("Subject:  tea")]
    [InlineData("Subject: tea ")]
    [InlineData("Subject: tea\tand cake")]
    [InlineData("Subject: ")]
    [InlineData("Subject:")]
    [InlineData("Subjec: tea")]
    [InlineData("Subjects: tea")]
    [InlineData(": tea")]
    [InlineData("tea")]
    [InlineData("")]
    [InlineData("Content-Length: 3")]
    [InlineData("Subject: tea\nTo: bob")]
    [InlineData("Subject: tea\rTo: bob")]
    [InlineData("Subject: \0tea")]
    public void Any_other_line_is_left_to_those_who_know_more(string line)
    {
        Assert.Equal(0, Take(line, new HeaderSlot[1], out var count));
        Assert.Equal(0, count);
    }

    [Fact]
    public void No_more_lines_are_taken_than_there_is_room_for()
    {
        Assert.Equal("Subject: tea\r\n".Length, Take("Subject: tea\r\nSubject: cake", new HeaderSlot[1], out var count));
        Assert.Equal(1, count);
    }

    private static int Take(string line, HeaderSlot[] slots, out int count) =>
        UsualLines.Take(Encoding.UTF8.GetBytes(line + "\r\nX: " + new string('x', 64)), 0, slots, out count);

    private static List<string> Read(IEnumerable<byte[]> chunks)
    {
        var (framer, read) = (new StreamFramer(SipLimits.Default), new List<string>());
        foreach (var chunk in chunks)
        {
            ReadOnlySpan<byte> rest = chunk;
            while (framer.Next(ref rest, out var message, out var error) is not StreamItem.None and var item)
                read.AddRange([$"{item} {error?.Reason}", .. SlotsOf(message ?? error?.Readable)]);
        }
        return read;
    }

    private static IEnumerable<string> SlotsOf(SipMessage? message) => message is null ? [] : [.. message.Slots.ToArray().Select(slot => slot.ToString())];

    private static Gen<string[]> Lines =>
        (from name in Gen.Elements("Subject", "s", "SUBJECT", "Via", "v", "Call-ID", "X-Own", "x", "Accept-Resource-Priority", "A-Name-Of-More-Than-Thirty-Two-Octets", "", "Sub ject", "Subj\u00e4ct")
         from colon in Gen.Elements(": ", ": ", ": ", ": ", ":", " : ", ":  ", ":\t", "")
         from value in Gen.Elements("tea", "t", "", "t\u00e4", "tea and cake in the garden, at four, or a little later", "tea\r\n and cake", "tea\tcake", "a:b", "tea ", "tea\r\n ", "\0")
         from end in Gen.Elements("\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r")
         select name + colon + value + end).ListOf().Select(lines => lines.ToArray());
}
