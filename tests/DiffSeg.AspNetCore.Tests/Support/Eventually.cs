using System.Runtime.CompilerServices;

namespace DiffSeg.AspNetCore.Tests.Support;

/// <summary>Waits for what other threads do.</summary>
internal static class Eventually
{
    // A test that fails must come to an end; one that succeeds is far from it.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Waits until something holds.</summary>
    /// <param name="condition">Looks whether it does.</param>
    /// <param name="what">Names it.</param>
    public static Task HoldsAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        HoldsAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        long begin = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < Longest, $"This has not come to hold: {what}");
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
