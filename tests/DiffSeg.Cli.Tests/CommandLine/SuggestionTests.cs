using DiffSeg.Cli.CommandLine;

namespace DiffSeg.Cli.Tests.CommandLine;

public class SuggestionTests
{
    [Theory]
    [InlineData("segmnet", "segment")] // swapped neighbours are one mistake
    [InlineData("Segment", "segment")]
    [InlineData("phtos", "photos")]
    [InlineData("photoss", "photos")]
    public void Close_name_is_suggested(string given, string meant) =>
        Assert.Equal($" Did you mean '{meant}'?", Suggestion.For(given, ["other", meant, "doctor"]));

    [Theory]
    [InlineData("abc")]
    [InlineData("x")]
    [InlineData("")]
    public void Nothing_is_suggested_for_a_name_far_from_all(string given) =>
        Assert.Equal("", Suggestion.For(given, ["segment", "photos"]));

    [Fact]
    public void Nothing_is_suggested_from_nothing() => Assert.Equal("", Suggestion.For("segment", []));

    [Fact]
    public void Of_equally_close_names_the_first_in_the_alphabet() =>
        Assert.Equal(" Did you mean 'cat'?", Suggestion.For("cst", ["cut", "cat"]));
}
