import { describe, expect, it } from 'vitest';
import { CLIENT_TEXTS, type ClientTexts, LANGUAGES, type Language } from '../../src/language/clientTexts.ts';

/** Every sentence of a language, as a client reads it. */
function sentencesOf(texts: ClientTexts): string[] {
  const values = Object.values(texts).flatMap((value): unknown[] => {
    if (typeof value === 'string') return [value];
    if (typeof value === 'function') return [(value as (...args: string[]) => string)('Ash Three', '3')];
    return Object.values(value as object);
  });
  return values.filter((value): value is string => typeof value === 'string');
}

/** Syllables of an English word by groups of vowels, a silent e at the end left out. */
function syllables(word: string): number {
  const groups = word
    .toLowerCase()
    .replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '')
    .match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 1);
}

/** Flesch–Kincaid grade level (Kincaid et al. 1975). */
function gradeOf(text: string): number {
  const sentences = text.split(/[.!?:]+(?:\s|$)/).filter((part) => /\w/.test(part)).length;
  const words = text.match(/[A-Za-z’']+/g) ?? [];
  const count = words.reduce((sum, word) => sum + syllables(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (count / words.length) - 15.59;
}

describe('the client’s words', () => {
  it('measures reading grade as published', () => {
    // The Australian platypus sentence is the usual worked example: 11.3.
    const platypus = 'The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.';
    expect(gradeOf(platypus)).toBeCloseTo(11.3, 0);
    expect(gradeOf('The cat sat on the mat.')).toBeLessThan(1);
  });

  it('need reading grade 8 at most, together and in every longer text', () => {
    const sentences = sentencesOf(CLIENT_TEXTS.en);
    expect(gradeOf(sentences.map((text) => text.replace(/[^.!?]$/, '$&.')).join(' '))).toBeLessThanOrEqual(8);
    for (const text of sentences.filter((each) => each.split(' ').length >= 12)) {
      expect(gradeOf(text), text).toBeLessThanOrEqual(8);
    }
  });

  it.each(Object.keys(LANGUAGES) as Language[])('promise nothing and name no numbers of colour in %s', (language) => {
    for (const text of sentencesOf(CLIENT_TEXTS[language])) {
      expect(text).not.toMatch(/guarantee|garant|safe for you|diagnos|\bLab\b|ΔE|\bdrops?\b|gotas/i);
      expect(text.trim()).not.toBe('');
    }
  });

  it('are all translated', () => {
    const english = sentencesOf(CLIENT_TEXTS.en);
    const spanish = sentencesOf(CLIENT_TEXTS.es);
    const same = english.filter((text, i) => text === spanish[i]);
    expect(same).toEqual(['PIN']);
  });
});
