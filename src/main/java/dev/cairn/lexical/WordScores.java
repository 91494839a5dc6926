package dev.cairn.lexical;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;

/**
 * Scores all chunks for one question by BM25 (Lucene's, k1 1.2, b 0.75). Lucene leaves the constant
 * factor k1 + 1 out, so that a word adds less than its weight ln(1 + (C - c + 0.5) / (c + 0.5)),
 * for C chunks of which c hold it.
 */
final class WordScores {

  private final IndexReader chunks;

  private final IndexSearcher searcher;

  private final Analyzer analyzer;

  WordScores(IndexReader chunks, Analyzer analyzer) {
    this.chunks = chunks;
    this.searcher = new IndexSearcher(chunks);
    this.searcher.setQueryCache(null);
    this.analyzer = analyzer;
  }

  float[] of(String question) throws IOException {
    float[] scores = new float[chunks.maxDoc()];
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    double bound = 0;
    for (String word : words(question)) {
      Term term = new Term(SegmentIndexFolder.TEXT, word);
      query.add(new TermQuery(term), Occur.SHOULD);
      bound += weight(chunks.docFreq(term));
    }
    if (bound > 0) {
      fill(scores, query.build(), (float) (1 / bound));
    }
    return scores;
  }

  private double weight(int holding) {
    return Math.log1p((chunks.maxDoc() - holding + 0.5) / (holding + 0.5));
  }

  /** As many as one query may have; a longer question's last words do not count. */
  private Set<String> words(String question) throws IOException {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream tokens = analyzer.tokenStream(SegmentIndexFolder.TEXT, question)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (words.size() < IndexSearcher.getMaxClauseCount() && tokens.incrementToken()) {
        words.add(word.toString());
      }
      tokens.end();
    }
    return words;
  }

  private void fill(float[] scores, BooleanQuery query, float factor) throws IOException {
    Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE, factor);
    for (LeafReaderContext leaf : chunks.leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null) {
        DocIdSetIterator found = scorer.iterator();
        while (found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          scores[leaf.docBase + found.docID()] = scorer.score();
        }
      }
    }
  }
}
