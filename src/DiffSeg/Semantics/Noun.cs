namespace DiffSeg.Semantics;

/// <summary>A noun of the text, and where it stands there.</summary>
public sealed class Noun
{
    /// <summary>A noun at given tokens.</summary>
    /// <param name="word">The word; masks of equal words (compared ordinally) merge.</param>
    /// <param name="tokens">
    /// Its tokens, as positions among all tokens of the text, the start token included as number 0; at least one.
    /// </param>
    /// <exception cref="ArgumentException">The word is empty, or there are no tokens, or a negative one.</exception>
    public Noun(string word, params IReadOnlyList<int> tokens)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(word);
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.Count == 0 || tokens.Any(t => t < 0))
        {
            throw new ArgumentException(
                $"The noun \"{word}\" needs at least one token, none of them negative; it has [{string.Join(", ", tokens)}].",
                nameof(tokens));
        }

        Word = word;
        Tokens = Array.AsReadOnly([.. tokens]);
    }

    /// <summary>The word.</summary>
    public string Word { get; }

    /// <summary>Its tokens in the text.</summary>
    public IReadOnlyList<int> Tokens { get; }

    /// <summary>The word.</summary>
    /// <returns>The word.</returns>
    public override string ToString() => Word;
}
