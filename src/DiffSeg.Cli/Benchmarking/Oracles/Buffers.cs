namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>
/// Arrays that an oracle keeps from one picture to the next: what is compared is arithmetic, not page faults.
/// </summary>
internal sealed class Buffers
{
    private readonly Dictionary<string, float[]> _arrays = [];

    /// <summary>The array of a name, of at least the given length; a longer one than before is made anew.</summary>
    /// <param name="name">What it holds.</param>
    /// <param name="length">Values needed.</param>
    public float[] Get(string name, int length)
    {
        if (!_arrays.TryGetValue(name, out float[]? array) || array.Length < length)
        {
            _arrays[name] = array = new float[length];
        }

        return array;
    }
}
