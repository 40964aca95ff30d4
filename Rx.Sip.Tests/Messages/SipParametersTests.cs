using Rx.Sip.Messages;
using Xunit;

namespace Rx.Sip.Tests.Messages;

public class SipParametersTests
{
    private static readonly SipParameters Few = NameAddress.Parse("<sip:a>;lr;x=1;y=\"a;b\"").Parameters;

    [Fact]
    public void A_value_comes_without_its_quotes_and_a_flag_has_none()
    {
        Assert.Equal(("1", "a;b", null, null), (Few.Get("X"), Few.Get("y"), Few.Get("lr"), Few.Get("z")));
        Assert.True(Few.Contains("LR"));
        Assert.False(Few.Contains("z"));
    }

    [Fact]
    public void Setting_keeps_the_place_and_taking_away_what_is_not_there_changes_nothing()
    {
        Assert.Equal("sip:a;lr=2;x=1;y=\"a;b\"", $"sip:a{Text(Few.With("lr", "2"))}");
        Assert.Equal("sip:a;lr;x=1;y=\"a;b\";z", $"sip:a{Text(Few.With("z", null))}");
        Assert.Equal("sip:a;lr;y=\"a;b\"", $"sip:a{Text(Few.Without("X"))}");
        Assert.Same(Few, Few.Without("z"));
    }

    [Theory]
    [InlineData("a;b", null, "'a;b'")]
    [InlineData("a b", "1", "'a b=1'")]
    [InlineData("a", "1;b", "'a=1;b'")]
    [InlineData("a", "\"1", "'a=\"1'")]
    [InlineData("a=b", null, "'a=b'")]
    [InlineData("a", "\"b\"c\"", "'a=\"b\"c\"'")]
    public void What_would_read_back_as_something_else_is_refused_and_named(string name, string? value, string said) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => Few.With(name, value)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_parameter_has_a_name()
    {
        Assert.Throws<ArgumentException>(() => Few.With("", "1"));
        Assert.Throws<ArgumentNullException>(() => Few.With(null!, "1"));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(500)]
    public void However_many_there_are_each_is_found(int count)
    {
        var many = SipUri.Parse("sip:a" + string.Concat(Enumerable.Range(0, count).Select(i => $";p{i}={i}")) + ";%71x=9").Parameters;

        Assert.Equal(count + 1, many.Count);
        for (var i = 0; i < count; i++)
            Assert.Equal($"{i}", many.Get($"P{i}"));
        Assert.False(many.Contains("q"));
        Assert.Equal("9", many.Get("qx"));
        Assert.Equal("x", many.With("p0", "x").Get("p0"));
    }

    [Fact]
    public void Equal_means_the_same_parameters_in_whatever_order()
    {
        Assert.Equal(SipUri.Parse("sip:a;x=1;lr").Parameters, SipUri.Parse("sip:a;LR;X=1").Parameters);
        Assert.Equal(SipUri.Parse("sip:a;x=1;lr").Parameters.GetHashCode(), SipUri.Parse("sip:a;LR;X=1").Parameters.GetHashCode());
        Assert.NotEqual(Few, Few.Without("lr"));
        Assert.NotEqual(Few.Without("lr"), Few);
        Assert.NotEqual(Few, Few.With("x", "2"));
    }

    private static string Text(SipParameters parameters) => parameters.AppendTo(new System.Text.StringBuilder()).ToString();
}
