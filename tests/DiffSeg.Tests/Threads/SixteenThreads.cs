namespace DiffSeg.Tests.Threads;

/// <summary>Threads that begin together.</summary>
internal static class SixteenThreads
{
    private const int Count = 16;
    private const int Rounds = 4;

    /// <summary>
    /// Asks one thing after the other, then the same by 16 threads at once, each beginning with another one: the answers are
    /// the same.
    /// </summary>
    /// <param name="questions">How many different things there are.</param>
    /// <param name="ask">Asks one of them; the answer in numbers that are compared one by one.</param>
    public static void Agree(int questions, Func<int, ushort[]> ask)
    {
        ushort[][] alone = [.. Enumerable.Range(0, questions).Select(ask)];
        using var begin = new Barrier(Count);
        var answers = new (int Question, ushort[] Answer)[Count][];
        var failures = new Exception?[Count];
        Thread[] threads = [.. Enumerable.Range(0, Count).Select(number => new Thread(() =>
        {
            begin.SignalAndWait();
            try
            {
                answers[number] = [.. Enumerable.Range(0, Rounds).Select(round => (number + round) % questions).Select(question => (question, ask(question)))];
            }
            catch (Exception problem)
            {
                failures[number] = problem;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(failures, Assert.Null);
        Assert.All(answers.SelectMany(some => some), answer => Assert.Equal(alone[answer.Question], answer.Answer));
        Assert.True(alone.Distinct(new SameNumbers()).Count() > 1, "All answers are alike: they show nothing.");
    }

    private sealed class SameNumbers : IEqualityComparer<ushort[]>
    {
        public bool Equals(ushort[]? some, ushort[]? others) => some.AsSpan().SequenceEqual(others);

        public int GetHashCode(ushort[] numbers) => numbers.Length;
    }
}
