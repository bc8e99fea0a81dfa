import type { Db } from 'mongodb';
import type { ActivityDocument, AssetDocument, TokenDocument, UserDocument } from './documents.ts';
import type {
  DeliveryDocument,
  FollowerDocument,
  ReceivedActivityDocument,
} from './federation-documents.ts';
import { setAsideActivities } from './repositories/activity-repository.ts';
import { setAsideClaims, setAsidePictures } from './repositories/asset-repository.ts';
import { setAsideDeliveries } from './repositories/delivery-repository.ts';
import {
  createFailureRepository,
  type FailureRepository,
} from './repositories/failure-repository.ts';
import { setAsideFollowers } from './repositories/follower-repository.ts';
import { setAsideNotices } from './repositories/l1-notice-repository.ts';
import { setAsideReceived } from './repositories/received-activity-repository.ts';
import { setAsideRunReports, setAsideRuns } from './repositories/run-repository.ts';
import { setAsideKeys } from './repositories/user-repository.ts';
import type { RunDocument } from './run-documents.ts';

/** The work that was given up, in every collection that promises work. */
export function connectFailures(database: Db): FailureRepository {
  return createFailureRepository([
    setAsideKeys(database.collection<UserDocument>('users')),
    setAsideClaims(database.collection<AssetDocument>('assets')),
    setAsidePictures(database.collection<AssetDocument>('assets')),
    setAsideActivities(database.collection<ActivityDocument>('activities')),
    setAsideDeliveries(database.collection<DeliveryDocument>('deliveries')),
    setAsideFollowers(database.collection<FollowerDocument>('followers')),
    setAsideNotices(database.collection<TokenDocument>('tokens')),
    setAsideRuns(database.collection<RunDocument>('runs')),
    setAsideRunReports(database.collection<RunDocument>('runs')),
    setAsideReceived(database.collection<ReceivedActivityDocument>('received_activities')),
  ]);
}
