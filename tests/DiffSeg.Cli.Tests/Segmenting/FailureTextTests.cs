using System.Reflection;
using DiffSeg.Cli.Segmenting;

namespace DiffSeg.Cli.Tests.Segmenting;

public class FailureTextTests
{
    [Fact]
    public void Text_is_one_line() => Assert.Equal("a b", FailureText.Of(new IOException("a\r\nb\n")));

    [Fact]
    public void Wrapping_is_taken_off()
    {
        var cause = new IOException("cause");

        Assert.Equal("cause", FailureText.Of(new TargetInvocationException(new AggregateException(cause))));
        Assert.NotEqual("cause", FailureText.Of(new AggregateException(cause, new IOException("other"))));
    }

    [Fact]
    public void Lack_of_memory_says_what_helps() => Assert.Contains("--size model", FailureText.Of(new OutOfMemoryException()));
}
