"""Topics: what a topic file says, which articles belong to it, and which topics are still missing."""

from backfile.topics.assign import TopicMatcher
from backfile.topics.load import read_topic
from backfile.topics.suggest import Suggestion, suggest

__all__ = ["Suggestion", "TopicMatcher", "read_topic", "suggest"]
