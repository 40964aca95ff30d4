using FsCheck;
using FsCheck.Fluent;
using Rx.Sip.Messages;
using Rx.Sip.Testing.Generators;
using Xunit;

namespace Rx.Sip.Tests.Properties;

/// <summary>RFC 3261 §19.1.4 as laws.</summary>
public class UriProperties
{
    private static readonly Arbitrary<SipUri[]> Few = Arb.From(SipArbitraries.Uri.Generator.ArrayOf(6));

    [Fact]
    public void A_URI_equals_itself_read_again() =>
        Prop.ForAll(SipArbitraries.Uri, uri =>
        {
            var again = SipUri.Parse(uri.ToString());
            Assert.Equal((uri, uri.ToString(), uri.GetHashCode()), (again, again.ToString(), again.GetHashCode()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_letter_of_the_user_may_be_escaped() =>
        Prop.ForAll(SipArbitraries.Uri, uri =>
        {
            if (!uri.IsSip || uri.User is not [var first, ..] || !char.IsAsciiLetterOrDigit(first))
                return;
            var escaped = uri.WithUser($"%{(int)first:x2}{uri.User[1..]}");
            Assert.Equal((uri, uri.GetHashCode()), (escaped, escaped.GetHashCode()));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_host_has_no_case_and_the_user_has_one() =>
        Prop.ForAll(SipArbitraries.Uri, uri =>
        {
            if (!uri.IsSip)
                return;
            Assert.Equal(uri, uri.WithHost(uri.Host.ToUpperInvariant()));
            Assert.NotEqual(uri.WithUser("alice"), uri.WithUser("Alice"));
            Assert.NotEqual(uri.WithPort(5070), uri.WithPort(null));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parameters_have_no_order_and_those_of_one_side_alone_are_passed_over() =>
        Prop.ForAll(SipArbitraries.Uri, uri =>
        {
            if (!uri.IsSip)
                return;
            Assert.Equal(uri.WithParameter("one", "1").WithParameter("two", "2"), uri.WithParameter("two", "2").WithParameter("one", "1"));
            Assert.Equal(uri, uri.WithParameter("newparam", "5"));
            Assert.NotEqual(uri.WithParameter("newparam", "5"), uri.WithParameter("newparam", "6"));
            Assert.NotEqual(uri.WithParameter("maddr", "192.0.2.9"), uri.WithParameter("maddr", "192.0.2.10"));
        }).QuickCheckThrowOnFailure();

    // Not transitive: RFC 3261 §19.1.4 has a parameter in one URI alone ignored, and says so itself.
    [Fact]
    public void Equality_is_reflexive_and_symmetric_and_equal_URIs_have_equal_hashes() =>
        Prop.ForAll(Few, uris =>
        {
            foreach (var one in uris)
                foreach (var other in uris)
                {
                    Assert.Equal(one.Equals(other), other.Equals(one));
                    Assert.True(!one.Equals(other) || one.GetHashCode() == other.GetHashCode());
                    Assert.True(!ReferenceEquals(one, other) || one.Equals(other));
                }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_parameters_and_headers_equality_is_transitive() =>
        Prop.ForAll(Arb.From(Gen.Elements("alice", "%61lice", "Alice", "bob").SelectMany(user => Gen.Elements("a.test", "A.TEST", "[::1]", "[0:0::1]"), (user, host) => SipUri.Parse($"sip:{user}@{host}")).ArrayOf(8)), uris =>
        {
            foreach (var (one, two) in uris.SelectMany(one => uris.Where(one.Equals).Select(two => (one, two))))
                Assert.All(uris.Where(two.Equals), three => Assert.Equal(one, three));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_address_reads_back_as_it_was_written() =>
        Prop.ForAll(SipArbitraries.Address, address =>
        {
            var again = NameAddress.Parse(address.ToString());
            Assert.Equal((address, address.ToString()), (again, again.ToString()));
        }).QuickCheckThrowOnFailure();
}
