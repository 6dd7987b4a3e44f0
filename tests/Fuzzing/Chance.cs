namespace DiffSeg.Fuzzing;

/// <summary>Choices out of a case's chance.</summary>
internal static class Chance
{
    /// <summary>One of some.</summary>
    public static T Of<T>(this Random random, IReadOnlyList<T> some) => some[random.Next(some.Count)];

    /// <summary>True once in so many.</summary>
    public static bool OneIn(this Random random, int many) => random.Next(many) == 0;

    /// <summary>How many steps to take: mostly one, seldom many.</summary>
    public static int Steps(this Random random)
    {
        int steps = 1;
        while (steps < 16 && random.OneIn(2))
        {
            steps++;
        }

        return steps;
    }
}
