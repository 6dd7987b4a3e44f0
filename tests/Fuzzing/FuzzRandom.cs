using System.Text;

namespace DiffSeg.Fuzzing;

/// <summary>Chance that is the same on every machine and in every run, for each case of each kind.</summary>
internal static class FuzzRandom
{
    /// <summary>The chance of one case.</summary>
    public static Random Of(string name, int seed, int number)
    {
        ulong state = 14695981039346656037; // FNV-1a
        foreach (byte letter in Encoding.UTF8.GetBytes(name))
        {
            state = unchecked((state ^ letter) * 1099511628211);
        }

        state = Mix(unchecked(Mix(state + (uint)seed) + (uint)number));
        return new Random((int)(state >> 33));
    }

    // SplitMix64's last steps: neighbours in, strangers out.
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
